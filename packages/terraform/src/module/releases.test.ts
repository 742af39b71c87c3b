import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { releaseFunctions, releasePage, zipped } from "./releases.ts";

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), "dapanoskop-releases-"));
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

const FILES = {
  "index.mjs": "export const handler = () => 1;\n",
  "b/z.bin": "\u0000\u0001",
  "a.txt": "a",
  "B.txt": "b",
};

function folder(name: string, files: Readonly<Record<string, string>> = FILES): string {
  const made = join(scratch, name);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(made, path)), { recursive: true });
    writeFileSync(join(made, path), text);
  }
  return made;
}

const sha256 = (body: Uint8Array) => createHash("sha256").update(body).digest("hex");
const manifestIn = (place: string) => JSON.parse(readFileSync(join(place, "manifest.json"), "utf8"));

describe("a zip", () => {
  it("depends only on its files, not on their times, modes or order", () => {
    const one = folder("one");
    const other = folder("other", Object.fromEntries(Object.entries(FILES).reverse()));
    utimesSync(join(other, "a.txt"), 1, 1);
    chmodSync(join(other, "index.mjs"), 0o700);
    expect(Buffer.from(zipped(other)).equals(Buffer.from(zipped(one)))).toBe(true);
  });

  it("is the same in another time zone and under another umask", () => {
    folder("one");
    const script = `import { zipped } from ${JSON.stringify(new URL("releases.ts", import.meta.url).href)};
      import { createHash } from "node:crypto";
      process.umask(0o077);
      console.log(createHash("sha256").update(zipped(process.argv[1])).digest("hex"));`;
    const seen = ["America/Los_Angeles", "Pacific/Kiritimati", "UTC"].map((TZ) =>
      execFileSync(
        process.execPath,
        ["--import", "tsx", "--input-type=module", "--eval", script, join(scratch, "one")],
        { encoding: "utf8", env: { ...process.env, TZ } },
      ).trim(),
    );
    expect(new Set(seen)).toEqual(new Set([sha256(zipped(join(scratch, "one")))]));
  });

  it("contains every file, sorted, with its folders and bytes", () => {
    const files = unzipSync(zipped(folder("one")));
    expect(Object.keys(files)).toEqual(["B.txt", "a.txt", "b/z.bin", "index.mjs"]);
    expect(Buffer.from(files["b/z.bin"] ?? []).toString("utf8")).toBe(FILES["b/z.bin"]);
  });

  it("unpacks with another program, to files that every user can read", ({ skip }) => {
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
    expect(JSON.parse(output)).toEqual([
      ["B.txt", "0o644", 1980, "b"],
      ["a.txt", "0o644", 1980, "a"],
      ["b/z.bin", "0o644", 1980, FILES["b/z.bin"]],
      ["index.mjs", "0o644", 1980, FILES["index.mjs"]],
    ]);
  });
});

describe("a release of functions", () => {
  it("has a zip for each function, with its hash and size in the manifest", () => {
    const built = folder("built", { "collect/index.mjs": "1", "session/index.mjs": "2", "other/x": "3" });
    releaseFunctions({ version: "1.2.3", folder: built }, ["collect", "session"], join(scratch, "into"));
    const place = join(scratch, "into/pipeline/1.2.3");
    expect(readdirSync(place).sort()).toEqual(["collect.zip", "manifest.json", "session.zip"]);
    const zip = readFileSync(join(place, "collect.zip"));
    expect(manifestIn(place)).toMatchObject({
      version: "1.2.3",
      files: { "collect.zip": { sha256: sha256(zip), bytes: zip.byteLength } },
    });
  });
});

describe("a release of the page", () => {
  const release = (version: string, files: Readonly<Record<string, string>>) =>
    releasePage({ version, folder: folder(`page-${version}`, files) }, join(scratch, "into"));

  it("has the files unchanged, and their media type, caching, hash and size in the manifest", () => {
    release("1.2.3", { "index.html": "<p>", "assets/a-1.js": "1;" });
    const place = join(scratch, "into/page/1.2.3");
    expect(readFileSync(join(place, "assets/a-1.js"), "utf8")).toBe("1;");
    expect(manifestIn(place).files).toEqual({
      "assets/a-1.js": {
        sha256: sha256(Buffer.from("1;")),
        bytes: 2,
        content_type: expect.stringMatching(/^text\/javascript/),
        cache_control: expect.stringContaining("immutable"),
      },
      "index.html": {
        sha256: sha256(Buffer.from("<p>")),
        bytes: 3,
        content_type: expect.stringMatching(/^text\/html/),
        cache_control: expect.stringMatching(/no-cache|no-store/),
      },
    });
  });

  it("replaces the release before", () => {
    release("1.2.3", { "index.html": "old" });
    release("1.3.0", { "index.html": "new" });
    expect(readdirSync(join(scratch, "into/page"))).toEqual(["1.3.0"]);
  });
});
