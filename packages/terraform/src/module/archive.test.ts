import { execFileSync } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scratchFolder } from "../testing/scratch-folder.ts";
import { tarGz } from "./archive.ts";

const LONG = `${"folder/".repeat(20)}${"name".repeat(20)}.js`;
const FILES: Readonly<Record<string, string>> = {
  "b/z.bin": "\u0000\u0001",
  "a.txt": "a".repeat(512),
  empty: "",
  [LONG]: "1",
};
const packed = (names: readonly string[]) =>
  tarGz(new Map(names.map((name) => [name, Buffer.from(FILES[name] ?? "")])));

const scratch = scratchFolder();

describe("a gzipped tar", () => {
  it("has the same bytes whatever the order of its files, and no time or name in the header of its gzip", async () => {
    const names = Object.keys(FILES);
    const archive = Buffer.from(await packed(names));
    expect(archive.equals(await packed([...names].reverse()))).toBe(true);
    expect([...archive.subarray(3, 8)]).toEqual([0, 0, 0, 0, 0]);
  });

  it("is unpacked by tar to the same files, readable by all, without a time", async () => {
    const archive = join(scratch, "files.tar.gz");
    writeFileSync(archive, await packed(Object.keys(FILES)));
    execFileSync("tar", ["-xzf", archive, "-C", scratch]);
    for (const [name, text] of Object.entries(FILES)) {
      const path = join(scratch, name);
      expect(readFileSync(path, "utf8"), name).toBe(text);
      expect([statSync(path).mode & 0o444, statSync(path).mtimeMs], name).toEqual([0o444, 0]);
    }
  });
});
