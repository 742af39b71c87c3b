import * as nodeFs from "node:fs/promises";
import { mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { planFilesContract } from "@dapanoskop/plans/testing";
import { afterAll, describe, expect, it } from "vitest";
import { unsyncedFiles } from "../folder-store/testing/faulty-files.ts";
import { planFolder } from "./plan-folder.ts";

const home = mkdtemp(join(tmpdir(), "dapanoskop-plans-"));
afterAll(async () => rm(await home, { recursive: true, force: true }));

let folders = 0;
const aFolder = async () => join(await home, String(++folders), "not", "there");

planFilesContract(
  { describe, it, expect },
  {
    name: "a folder",
    async open(clients) {
      const folder = await aFolder();
      const one = () => planFolder(folder, unsyncedFiles);
      return [one(), ...Array.from({ length: clients - 1 }, one)];
    },
  },
);

const KEY = { owner: "user:a", project: "acme/infra", planId: "a".repeat(32) };

describe("a folder of plans", () => {
  it("has a folder for each owner and project, with names that differ on every file system", async () => {
    const folder = await aFolder();
    const files = planFolder(folder);
    await files.putIfAbsent(KEY, new Uint8Array([1]));
    await files.putIfAbsent({ ...KEY, owner: "user:A" }, new Uint8Array([2]));
    expect((await readdir(folder)).sort()).toEqual(["user_3a_41", "user_3aa"]);
    expect(await readdir(join(folder, "user_3aa"))).toEqual(["acme_2finfra"]);
    expect(await readdir(join(folder, "user_3aa", "acme_2finfra"))).toEqual([`${KEY.planId}.json`]);
  });

  it("reads no link in place of a file", async () => {
    const folder = await aFolder();
    const files = planFolder(folder);
    await files.putIfAbsent(KEY, new Uint8Array([1]));
    const path = join(folder, "user_3aa", "acme_2finfra", `${"b".repeat(32)}.json`);
    await writeFile(join(folder, "secret"), "x");
    await symlink(join(folder, "secret"), path);
    await expect(files.get({ ...KEY, planId: "b".repeat(32) })).rejects.toMatchObject({ failure: "corrupt" });
  });

  it("names the plan when the disk is full", async () => {
    const full = {
      ...nodeFs,
      link: async () => {
        throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
      },
    };
    await expect(
      planFolder(await aFolder(), full).putIfAbsent(KEY, new Uint8Array([1])),
    ).rejects.toMatchObject({
      failure: "no-space",
      message: expect.stringMatching(/^The plan a{32} in .* was not written: the disk is full/),
    });
  });
});
