import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readFolder } from "./read-folder.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "scan-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text = path): void {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), text);
}

describe("a folder", () => {
  it("gives the configuration files in it, and no copies", async () => {
    for (const path of [
      "repo/a/main.tf",
      "repo/b/x.tf.json",
      "repo/c/.terraform/modules/y.tf",
      "repo/d/readme.md",
      "repo/e/main.tofu",
    ])
      write(path);
    const { files } = await readFolder(join(folder, "repo"));
    expect(files.map(({ path }) => path).sort()).toEqual(["a/main.tf", "b/x.tf.json", "e/main.tofu"]);
    expect(files.find(({ path }) => path === "a/main.tf")?.text).toBe("repo/a/main.tf");
  });

  it("follows no link out of it, no link to a folder and no link to nothing", async () => {
    write("out/secret.tf");
    write("repo/main.tf");
    write("repo/inner/a.tf");
    symlinkSync("../out/secret.tf", join(folder, "repo/secret.tf"));
    symlinkSync("../out", join(folder, "repo/out"));
    symlinkSync(".", join(folder, "repo/self"));
    symlinkSync("nothing.tf", join(folder, "repo/gone.tf"));
    symlinkSync("inner/a.tf", join(folder, "repo/same.tf"));
    const { files, skipped } = await readFolder(join(folder, "repo"));
    expect(files.map(({ path }) => path).sort()).toEqual(["inner/a.tf", "main.tf", "same.tf"]);
    expect(skipped.map(({ path }) => path).sort()).toEqual(["gone.tf", "out", "secret.tf", "self"]);
  });

  it("leaves out a large file by name", async () => {
    write("repo/large.tf", "#".repeat(1_000_001));
    expect(await readFolder(join(folder, "repo"))).toEqual({
      files: [],
      skipped: [{ path: "large.tf", why: "it is larger than 1 MB" }],
    });
  });

  it("says which folder it cannot read", async () => {
    await expect(readFolder(join(folder, "absent"))).rejects.toThrow(/absent cannot be read \(ENOENT\)/);
    write("file.tf");
    await expect(readFolder(join(folder, "file.tf"))).rejects.toThrow(/file\.tf cannot be read \(ENOTDIR\)/);
  });
});
