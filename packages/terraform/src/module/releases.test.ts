import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { scratchFolder, writeFiles } from "../testing/scratch-folder.ts";
import { releaseFunctions, releasePage, zipped } from "./releases.ts";

type Files = Readonly<Record<string, string>>;
const FILES = {
  "B.txt": "b",
  "a.txt": "a",
  "b/z.bin": "\u0000\u0001",
  "index.mjs": "export const handler = () => 1;\n",
};

const scratch = scratchFolder();
const folder = (name: string, files: Files = FILES) => writeFiles(join(scratch, name), files);

const sha256 = (body: string | Uint8Array) => createHash("sha256").update(body).digest("hex");
const manifestIn = (release: string) =>
  JSON.parse(readFileSync(join(scratch, release, "manifest.json"), "utf8"));

describe("a zip", () => {
  it("contains every file, sorted, with its folders and bytes", () => {
    const files = Object.entries(unzipSync(zipped(folder("one"))));
    expect(files.map(([name, bytes]) => [name, Buffer.from(bytes).toString()])).toEqual(
      Object.entries(FILES),
    );
  });

  it("depends on its files alone: not on their times, modes or order", () => {
    const other = folder("other", Object.fromEntries(Object.entries(FILES).reverse()));
    utimesSync(join(other, "a.txt"), 1, 1);
    chmodSync(join(other, "index.mjs"), 0o700);
    expect(Buffer.from(zipped(other)).equals(Buffer.from(zipped(folder("one"))))).toBe(true);
  });

  it("is the same in another time zone and under another umask", () => {
    const expected = sha256(zipped(folder("one")));
    const script = `import { zipped } from ${JSON.stringify(new URL("releases.ts", import.meta.url).href)};
      import { createHash } from "node:crypto";
      process.umask(0o077);
      console.log(createHash("sha256").update(zipped(process.argv[1])).digest("hex"));`;
    const args = ["--import", "tsx", "--input-type=module", "--eval", script, join(scratch, "one")];
    for (const TZ of ["America/Los_Angeles", "UTC"]) {
      const options = { encoding: "utf8", env: { ...process.env, TZ } } as const;
      expect(execFileSync(process.execPath, args, options).trim(), TZ).toBe(expected);
    }
  });

  it("is unpacked by another program to files that everybody may read", ({ skip }) => {
    const zip = join(scratch, "one.zip");
    writeFileSync(zip, zipped(folder("one")));
    const script = `import sys, json, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
print(json.dumps([[i.filename, oct(i.external_attr >> 16), i.date_time[0], z.read(i).decode("latin1")] for i in z.infolist()]))`;
    let output: string;
    try {
      output = execFileSync("python3", ["-c", script, zip], { encoding: "utf8" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      return skip("python3 is not on this machine.");
    }
    const expected = Object.entries(FILES).map(([name, text]) => [name, "0o644", 1980, text]);
    expect(JSON.parse(output)).toEqual(expected);
  });
});

describe("a release", () => {
  it("of functions has a zip of each, measured in its manifest", () => {
    const built = folder("built", { "collect/index.mjs": "1", "session/index.mjs": "2", "other/x": "3" });
    releaseFunctions({ version: "1.2.3", folder: built }, ["collect", "session"], join(scratch, "into"));
    const release = join(scratch, "into/pipeline/1.2.3");
    expect(readdirSync(release).sort()).toEqual(["collect.zip", "manifest.json", "session.zip"]);
    const zip = readFileSync(join(release, "collect.zip"));
    const files = { "collect.zip": { sha256: sha256(zip), bytes: zip.byteLength } };
    expect(manifestIn("into/pipeline/1.2.3")).toMatchObject({ version: "1.2.3", files });
  });

  it("of the page has its files, with type, caching and SHA-256 in its manifest, and replaces the one before", () => {
    const release = (version: string, files: Files) =>
      releasePage({ version, folder: folder(`page-${version}`, files) }, join(scratch, "into"));
    release("1.2.3", { "index.html": "old" });
    release("1.3.0", { "index.html": "<p>", "assets/a-1.js": "1;" });
    expect(readdirSync(join(scratch, "into/page"))).toEqual(["1.3.0"]);
    expect(readFileSync(join(scratch, "into/page/1.3.0/assets/a-1.js"), "utf8")).toBe("1;");
    expect(manifestIn("into/page/1.3.0").files).toEqual({
      "assets/a-1.js": {
        sha256: sha256("1;"),
        bytes: 2,
        content_type: expect.stringMatching(/^text\/javascript/),
        cache_control: expect.stringContaining("immutable"),
      },
      "index.html": {
        sha256: sha256("<p>"),
        bytes: 3,
        content_type: expect.stringMatching(/^text\/html/),
        cache_control: expect.stringMatching(/no-cache|no-store/),
      },
    });
  });
});
