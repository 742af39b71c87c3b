import * as nodeFs from "node:fs/promises";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sendingRaceContract } from "@dapanoskop/core/sending/testing";
import type { StateStore } from "@dapanoskop/core/state";
import { stateStoreContract } from "@dapanoskop/core/state/testing";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import type { FileSystem } from "../files/files.ts";
import { faultyFiles, unsyncedFiles } from "../folder-store/testing/faulty-files.ts";
import { folderState } from "./index.ts";
import { recordName } from "./record-name.ts";

const home = mkdtemp(join(tmpdir(), "dapanoskop-state-"));
afterAll(async () => rm(await home, { recursive: true, force: true }));

let folders = 0;
const aFolder = async () => join(await home, String(++folders));

async function open(clients: number) {
  const folder = join(await aFolder(), "not", "there", "yet");
  return Array.from({ length: clients }, () => folderState(folder, unsyncedFiles));
}

stateStoreContract({ describe, it, expect }, { name: "a folder", open });
sendingRaceContract({ describe, it, expect }, { name: "a folder", faultyRaces: 20, open });

const KEY = { partition: "report#2026-01-14", sort: "everyone" };
const state = (value: unknown) => ({ value, expiresAt: null });

async function written(store: StateStore, ...values: readonly unknown[]): Promise<string> {
  let version = "";
  for (const [at, value] of values.entries()) {
    const put = await (at === 0
      ? store.putIfAbsent(KEY, state(value))
      : store.putIfVersion(KEY, state(value), version));
    if (put.outcome === "refused") throw new Error("refused");
    version = put.version;
  }
  return version;
}

describe("the name of a record's folder", () => {
  it("is different for different parts, safe in a shell, and fits a file system", () => {
    const part = fc.stringMatching(/^[A-Za-z0-9._:#=+/@-]{1,200}$/);
    fc.assert(
      fc.property(part, part, (one, other) => {
        expect(recordName(one)).toMatch(/^[a-z0-9_][a-z0-9_-]{0,254}$/);
        expect(recordName(one).toLowerCase() === recordName(other).toLowerCase()).toBe(one === other);
      }),
    );
  });

  it.each([
    ["everyone", "everyone"],
    ["report#2026-01-14", "report_232026-01-14"],
    ["..", "_2e_2e"],
    ["-rf", "_2drf"],
    ["A_b", "_41_5fb"],
  ])("of %s is %s", (part, name) => {
    expect(recordName(part)).toBe(name);
  });
});

describe("a state folder", () => {
  it("keeps every content of a record in a file of its own", async () => {
    const folder = await aFolder();
    expect(await written(folderState(folder), "one", "two")).toBe("2");
    expect(await readdir(folder)).toEqual(["report_232026-01-14"]);
    expect(await readdir(join(folder, "report_232026-01-14"))).toEqual(["everyone"]);
    expect((await readdir(join(folder, "report_232026-01-14", "everyone"))).sort()).toEqual([
      "1.json",
      "2.json",
    ]);
  });

  it("may be killed at every change of the file system: the record is the old one or the new one", async () => {
    for (let nth = 1; ; nth++) {
      const folder = await aFolder();
      const version = await written(folderState(folder, unsyncedFiles), "old");
      const files = faultyFiles(nth, "killed");
      const put = folderState(folder, files.fs).putIfVersion(KEY, state("new"), version);
      const answer = await put.catch(() => null);
      const found = await folderState(folder).get(KEY);
      expect(["old", "new"]).toContain(found?.value);
      if (answer !== null) expect(found?.value).toBe("new");
      // The next writer continues, whatever remained of the one before.
      const next = await folderState(folder).putIfVersion(KEY, state("next"), found?.version ?? "");
      expect(next.outcome).toBe("written");
      expect((await folderState(folder).list(KEY.partition)).map(({ value }) => value)).toEqual(["next"]);
      if (files.happened() === null) {
        expect(nth).toBeGreaterThan(4);
        return;
      }
    }
  });

  it("may be killed at every change of its first write", async () => {
    for (let nth = 1; ; nth++) {
      const folder = await aFolder();
      const files = faultyFiles(nth, "killed");
      const put = folderState(folder, files.fs).putIfAbsent(KEY, state("new"));
      const answer = await put.catch(() => null);
      const found = await folderState(folder).get(KEY);
      if (answer !== null) expect(found?.value).toBe("new");
      if (found === null)
        expect((await folderState(folder).putIfAbsent(KEY, state("next"))).outcome).toBe("written");
      else expect(found.value).toBe("new");
      if (files.happened() === null) {
        expect(nth).toBeGreaterThan(6);
        return;
      }
    }
  });

  it("keeps nothing of a removed record but its name", async () => {
    const folder = await aFolder();
    const store = folderState(folder);
    const version = await written(store, "one", "secret");
    expect(await store.remove(KEY, version)).toEqual({ outcome: "removed" });
    const path = join(folder, "report_232026-01-14", "everyone");
    expect(await readdir(path)).toEqual(["3.json"]);
    expect(JSON.parse(await readFile(join(path, "3.json"), "utf8"))).toEqual({
      partition: KEY.partition,
      sort: KEY.sort,
      removed: true,
    });
  });

  it("may be killed at every change of a removal: the record is there or removed", async () => {
    for (let nth = 1; ; nth++) {
      const folder = await aFolder();
      const version = await written(folderState(folder, unsyncedFiles), "older", "old");
      const files = faultyFiles(nth, "killed");
      const answer = await folderState(folder, files.fs)
        .remove(KEY, version)
        .catch(() => null);
      const found = await folderState(folder).get(KEY);
      if (answer !== null) expect(found).toBeNull();
      if (found === null) {
        expect((await folderState(folder).putIfAbsent(KEY, state("next"))).outcome).toBe("written");
      } else {
        expect(found).toMatchObject({ value: "old", version });
        expect((await folderState(folder).remove(KEY, version)).outcome).toBe("removed");
      }
      if (files.happened() === null) {
        expect(nth).toBeGreaterThan(5);
        return;
      }
    }
  });

  it("refuses the version of a file that was moved away, and goes on from the one before", async () => {
    const folder = await aFolder();
    const store = folderState(folder);
    const version = await written(store, "one", "broken");
    await rm(join(folder, "report_232026-01-14", "everyone", "2.json"));
    expect((await store.get(KEY))?.value).toBe("one");
    expect(await store.putIfVersion(KEY, state("three"), version)).toEqual({ outcome: "refused" });
    expect((await store.putIfVersion(KEY, state("two"), "1")).outcome).toBe("written");
  });

  it.each([
    ["no JSON", "{"],
    ["another document", '{"a":1}'],
    ["a bad key", '{"partition":"a b","sort":"c","expires_at":null,"value":1}'],
    ["a bad time", '{"partition":"a","sort":"c","expires_at":"soon","value":1}'],
    ["no value", '{"partition":"a","sort":"c","expires_at":null}'],
  ])("says what to do about %s in place of a record", async (_, text) => {
    const folder = await aFolder();
    const store = folderState(folder);
    await written(store, "one");
    await writeFile(join(folder, "report_232026-01-14", "everyone", "2.json"), text);
    const corrupt = {
      failure: "corrupt",
      message: expect.stringMatching(/is not a record .*Restore its newest file/),
    };
    await expect(store.get(KEY)).rejects.toMatchObject(corrupt);
    await expect(store.list(KEY.partition)).rejects.toMatchObject(corrupt);
  });

  it("reads no link in place of a record", async () => {
    const [folder, elsewhere] = [await aFolder(), await aFolder()];
    await written(folderState(folder), "one");
    await mkdir(elsewhere);
    await writeFile(join(elsewhere, "secret"), "{}");
    await symlink(join(elsewhere, "secret"), join(folder, "report_232026-01-14", "everyone", "2.json"));
    await expect(folderState(folder).get(KEY)).rejects.toMatchObject({ failure: "corrupt" });
  });

  it.each([
    [
      "ENOSPC",
      "no-space",
      /everyone of report#2026-01-14 in .* was not written: the disk is full\. Free some space/,
    ],
    ["EDQUOT", "no-space", /the disk is full/],
    ["EACCES", "access-denied", /may not be read or written by this user\. Grant it/],
    ["EROFS", "access-denied", /the file system is read-only/],
    ["EPERM", "access-denied", /has no hard links/],
    ["ENOTDIR", "no-such-place", /a file stands in place of a folder/],
    ["ENAMETOOLONG", "no-such-place", /cannot be the name of a folder/],
    ["EIO", "unreachable", /could not be reached: EIO/],
  ])("reports %s with an advice, and changes nothing", async (code, failure, sentence) => {
    const folder = await aFolder();
    const version = await written(folderState(folder), "old");
    const broken: FileSystem = {
      ...nodeFs,
      open: async (path, flags) => {
        if (flags === "wx") throw Object.assign(new Error(`${code}: refused`), { code });
        return nodeFs.open(path, flags);
      },
    };
    const put = folderState(folder, broken).putIfVersion(KEY, state("new"), version);
    await expect(put).rejects.toMatchObject({ failure, message: expect.stringMatching(sentence) });
    expect((await folderState(folder).get(KEY))?.value).toBe("old");
  });

  it("reports a file where the folder must be", async () => {
    const folder = await aFolder();
    await writeFile(folder, "x");
    const store = folderState(folder);
    await expect(store.putIfAbsent(KEY, state(1))).rejects.toMatchObject({ failure: "no-such-place" });
    await expect(store.get(KEY)).rejects.toMatchObject({ failure: "no-such-place" });
  });
});
