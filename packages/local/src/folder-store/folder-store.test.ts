import * as nodeFs from "node:fs/promises";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LONGEST_OBJECT } from "@dapanoskop/core/store";
import { artifactStoreContract, runIdOf } from "@dapanoskop/dataset/store/testing";
import { afterAll, describe, expect, it } from "vitest";
import { type FileSystem, folderStore } from "./index.ts";

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "dapanoskop-store-"));
  folders.push(folder);
  return folder;
}

const json = (text: string) => ({ body: new TextEncoder().encode(text), contentType: "application/json" });
const text = (body: Uint8Array | undefined) => new TextDecoder().decode(body);

artifactStoreContract(
  { describe, it, expect },
  {
    name: "a folder",
    metadata: false,
    async open(count) {
      const folder = join(await aFolder(), "not", "there", "yet");
      return Array.from({ length: count }, () => folderStore(folder));
    },
  },
);

describe("a folder store", () => {
  it("keeps each generation of the index, and a plain copy of the newest", async () => {
    const folder = await aFolder();
    const store = folderStore(folder);
    const put = await store.putIfAbsent("index.json", json("one"));
    if (put.outcome !== "written") throw new Error("refused");
    await store.putIfMatch("index.json", json("two"), put.etag);
    expect((await readdir(join(folder, "_index"))).sort()).toEqual(["1.json", "2.json"]);
    expect(await readFile(join(folder, "index.json"), "utf8")).toBe("two");
  });

  it("reads the newest generation when a kill came before the copy, and repairs the copy", async () => {
    const folder = await aFolder();
    const store = folderStore(folder);
    await store.putIfAbsent("index.json", json("one"));
    await writeFile(join(folder, "_index", "2.json"), "two");
    expect(text((await store.get("index.json"))?.body)).toBe("two");
    await store.repair?.();
    expect(await readFile(join(folder, "index.json"), "utf8")).toBe("two");
  });

  it("reads a copy of published files without the generations, and continues from it", async () => {
    const folder = await aFolder();
    await writeFile(join(folder, "index.json"), "one");
    const store = folderStore(folder);
    const found = await store.get("index.json");
    expect(text(found?.body)).toBe("one");
    expect(await store.putIfAbsent("index.json", json("x"))).toEqual({ outcome: "refused" });
    expect((await store.putIfMatch("index.json", json("two"), found?.etag ?? "")).outcome).toBe("written");
    expect(text((await store.get("index.json"))?.body)).toBe("two");
  });

  it("lists published files only: no temporary files, no files of others, no generations", async () => {
    const folder = await aFolder();
    const store = folderStore(folder);
    await store.putIfAbsent("2026-03/summary.json", json("s"));
    await store.putIfAbsent("index.json", json("i"));
    await writeFile(join(folder, "2026-03", ".summary.json.0123456789abcdef.tmp"), "half");
    await writeFile(join(folder, "notes.txt"), "mine");
    await writeFile(join(folder, "_runs"), "a file where a folder must be");
    expect(await store.list("")).toEqual(["2026-03/summary.json", "index.json"]);
  });

  it("leaves no temporary files", async () => {
    const folder = await aFolder();
    const store = folderStore(folder);
    const put = await store.putIfAbsent("2026-03/summary.json", json("s"));
    await store.putIfAbsent("2026-03/summary.json", json("t"));
    await store.putIfMatch("2026-03/summary.json", json("t"), put.outcome === "written" ? put.etag : "");
    expect(await readdir(join(folder, "2026-03"))).toEqual(["summary.json"]);
  });

  it("does not follow a link out of itself", async () => {
    const [folder, elsewhere] = [await aFolder(), await aFolder()];
    await symlink(elsewhere, join(folder, "2026-03"));
    await writeFile(join(elsewhere, "summary.json"), "secret");
    const store = folderStore(folder);
    await expect(store.get("2026-03/summary.json")).rejects.toThrow("leads out of");
    await expect(store.putIfAbsent("2026-03/cost-by-workload.parquet", json("x"))).rejects.toThrow(
      "leads out of",
    );
    expect(await readdir(elsewhere)).toEqual(["summary.json"]);
  });

  it("does not follow a link in the place of a file, to a file or to nothing", async () => {
    const [folder, elsewhere] = [await aFolder(), await aFolder()];
    await writeFile(join(elsewhere, "secret"), "secret");
    await mkdir(join(folder, "2026-03"));
    await symlink(join(elsewhere, "secret"), join(folder, "2026-03", "summary.json"));
    await symlink(join(elsewhere, "none"), join(folder, "trend.json"));
    const store = folderStore(folder);
    for (const key of ["2026-03/summary.json", "trend.json"]) {
      await expect(store.get(key)).rejects.toMatchObject({ failure: "corrupt", key });
      await expect(store.putIfMatch(key, json("x"), "etag")).rejects.toThrow("is a symbolic link");
      expect(await store.putIfAbsent(key, json("x"))).toEqual({ outcome: "refused" });
    }
    expect(await store.list("")).toEqual([]);
    expect(await readdir(elsewhere)).toEqual(["secret"]);
  });

  it("reads and lists nothing behind a link in the place of the generations", async () => {
    const [folder, elsewhere] = [await aFolder(), await aFolder()];
    await writeFile(join(elsewhere, "7.json"), "{}");
    await symlink(elsewhere, join(folder, "_index"));
    const store = folderStore(folder);
    await expect(store.get("index.json")).rejects.toThrow("leads out of");
    await expect(store.list("")).rejects.toThrow("leads out of");
    await expect(store.indexCopies?.()).rejects.toThrow("leads out of");
  });

  it("refuses a generation that no other can follow, and changes nothing", async () => {
    const folder = await aFolder();
    const store = folderStore(folder);
    await store.putIfAbsent("index.json", json("one"));
    await writeFile(join(folder, "_index", "999999999999999.json"), "{}");
    const before = await readdir(join(folder, "_index"));
    for (const call of [
      () => store.get("index.json"),
      () => store.putIfMatch("index.json", json("two"), "etag"),
      () => store.repair?.(),
      () => store.list(""),
    ]) {
      await expect(call()).rejects.toMatchObject({
        failure: "corrupt",
        message: expect.stringMatching(
          /_index\/999999999999999\.json .* is no generation .* Move the file away/,
        ),
      });
    }
    expect(await readdir(join(folder, "_index"))).toEqual(before);
    // Fifteen digits are the most that a generation has: another file is none of ours.
    await rm(join(folder, "_index", "999999999999999.json"));
    await writeFile(join(folder, "_index", "9999999999999999.json"), "{}");
    expect(text((await store.get("index.json"))?.body)).toBe("one");
  });

  it("reads no file that is longer than a published one, and writes none", async () => {
    const folder = await aFolder();
    const store = folderStore(folder);
    await mkdir(join(folder, "2026-03"));
    const path = join(folder, "2026-03", "summary.json");
    await writeFile(path, "");
    await truncate(path, LONGEST_OBJECT + 1);
    await expect(store.get("2026-03/summary.json")).rejects.toMatchObject({
      failure: "corrupt",
      message: expect.stringMatching(/is longer than 128 MiB, and no published file is/),
    });
    await truncate(path, LONGEST_OBJECT);
    expect((await store.head("2026-03/summary.json"))?.bytes).toBe(LONGEST_OBJECT);
    const long = { body: new Uint8Array(LONGEST_OBJECT + 1), contentType: "application/json" };
    await expect(store.putIfAbsent("trend.json", long)).rejects.toMatchObject({ failure: "no-space" });
    expect(await store.get("trend.json")).toBeNull();
  });

  it("makes no folders behind a link", async () => {
    const [folder, elsewhere] = [await aFolder(), await aFolder()];
    await symlink(elsewhere, join(folder, "_runs"));
    await symlink(elsewhere, join(folder, "_index"));
    const store = folderStore(folder);
    const staged = store.putIfAbsent(`_runs/${runIdOf(1)}/2026-03/summary.json`, json("x"));
    await expect(staged).rejects.toThrow("leads out of");
    await expect(store.putIfAbsent("index.json", json("x"))).rejects.toThrow("leads out of");
    expect(await readdir(elsewhere)).toEqual([]);
  });

  it("has committed when the generation is written, also when the copy fails", async () => {
    const folder = await aFolder();
    const full: FileSystem = {
      ...nodeFs,
      rename: () => Promise.reject(Object.assign(new Error("full"), { code: "ENOSPC" })),
    };
    const put = await folderStore(folder, full).putIfAbsent("index.json", json("one"));
    expect(put.outcome).toBe("written");
    const store = folderStore(folder);
    expect(text((await store.get("index.json"))?.body)).toBe("one");
    await store.repair?.();
    expect(await readFile(join(folder, "index.json"), "utf8")).toBe("one");
  });

  it("continues the generations of a copied index", async () => {
    const folder = await aFolder();
    await writeFile(join(folder, "index.json"), '{ "schema": 1, "generation": 57 }');
    const store = folderStore(folder);
    await store.putIfMatch("index.json", json("two"), (await store.head("index.json"))?.etag ?? "");
    expect(await readdir(join(folder, "_index"))).toEqual(["58.json"]);
  });

  it("returns to the generation before when the newest is moved away, and refuses puts with the etag of the newest", async () => {
    const folder = await aFolder();
    const store = folderStore(folder);
    const one = await store.putIfAbsent("index.json", json("one"));
    const etag = one.outcome === "written" ? one.etag : "";
    const two = await store.putIfMatch("index.json", json("broken"), etag);
    await rm(join(folder, "_index", "2.json"));
    expect(text((await store.get("index.json"))?.body)).toBe("one");
    const stale = two.outcome === "written" ? two.etag : "";
    expect(await store.putIfMatch("index.json", json("three"), stale)).toEqual({ outcome: "refused" });
    expect((await store.putIfMatch("index.json", json("three"), etag)).outcome).toBe("written");
  });

  it("may itself be a link", async () => {
    const [folder, elsewhere] = [await aFolder(), await aFolder()];
    await symlink(elsewhere, join(folder, "data"));
    await folderStore(join(folder, "data")).putIfAbsent("trend.json", json("t"));
    expect(await readFile(join(elsewhere, "trend.json"), "utf8")).toBe("t");
  });

  it.each([
    [
      "ENOSPC",
      "no-space",
      /The disk is full: 2026-03\/summary\.json in .* was not written\. Free some space/,
    ],
    ["EDQUOT", "no-space", /The disk is full/],
    ["EACCES", "access-denied", /may not be read or written by this user\. Grant it/],
    ["EROFS", "access-denied", /the file system is read-only/],
    ["EPERM", "access-denied", /has no hard links/],
    ["ENOTSUP", "access-denied", /has no hard links/],
    ["EOPNOTSUPP", "access-denied", /has no hard links/],
    ["EXDEV", "access-denied", /has no hard links/],
    ["EMLINK", "access-denied", /has no hard links/],
    ["ENOSYS", "access-denied", /has no hard links/],
    ["ENOTDIR", "no-such-place", /is not a folder, or contains a file where a folder must be/],
    ["ENAMETOOLONG", "no-such-place", /cannot be the name of a folder/],
    ["EIO", "unreachable", /could not be reached: EIO/],
  ])("reports %s with an advice, and changes nothing", async (code, failure, sentence) => {
    const folder = await aFolder();
    await folderStore(folder).putIfAbsent("2026-03/summary.json", json("old"));
    const broken: FileSystem = {
      ...nodeFs,
      open: async (path, flags) => {
        if (flags === "wx") throw Object.assign(new Error(`${code}: refused`), { code });
        return nodeFs.open(path, flags);
      },
    };
    const store = folderStore(folder, broken);
    const etag = (await store.head("2026-03/summary.json"))?.etag ?? "";
    const put = store.putIfMatch("2026-03/summary.json", json("new"), etag);
    await expect(put).rejects.toMatchObject({ failure, message: expect.stringMatching(sentence) });
    expect(text((await store.get("2026-03/summary.json"))?.body)).toBe("old");
  });

  it("reports a file where the folder must be", async () => {
    const folder = await aFolder();
    await writeFile(join(folder, "file"), "x");
    const store = folderStore(join(folder, "file"));
    await expect(store.putIfAbsent("trend.json", json("t"))).rejects.toThrow(/is not a folder/);
  });

  it("reports a folder where a file must be", async () => {
    const folder = await aFolder();
    await mkdir(join(folder, "trend.json"));
    await expect(folderStore(folder).get("trend.json")).rejects.toThrow(
      /is a folder where a published file must be/,
    );
  });
});
