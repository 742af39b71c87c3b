import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { contentTypeOf, ruleOf } from "@dapanoskop/edge";
import { type Zippable, zipSync } from "fflate";

/** A build, and the version of its release. */
interface Built {
  readonly version: string;
  /** The folder of the page, or a folder with a folder for each function. */
  readonly folder: string;
}

/** A file of a release, in its manifest. */
interface ReleasedFile {
  readonly sha256: string;
  readonly bytes: number;
  readonly content_type?: string;
  readonly cache_control?: string;
}

/** Writes the page's files and their manifest to `{folder}/page/{version}`, and deletes any other release there. */
export function releasePage({ version, folder }: Built, into: string): void {
  const target = emptied(join(into, "page"), version);
  const files = namesBelow(folder).map((name): readonly [string, ReleasedFile] => {
    cpSync(join(folder, name), join(target, name));
    const headers = { content_type: contentTypeOf(name), cache_control: ruleOf(`/${name}`).browser };
    return [name, { ...measured(readFileSync(join(target, name))), ...headers }];
  });
  writeManifest(target, version, files);
}

/** Writes a zip for each function and their manifest to `{folder}/pipeline/{version}`, and deletes any other release. */
export function releaseFunctions(
  { version, folder }: Built,
  functions: readonly string[],
  into: string,
): void {
  const target = emptied(join(into, "pipeline"), version);
  const files = functions.map((name): readonly [string, ReleasedFile] => {
    const zip = zipped(join(folder, name));
    writeFileSync(join(target, `${name}.zip`), zip);
    return [`${name}.zip`, measured(zip)];
  });
  writeManifest(target, version, files);
}

function emptied(place: string, version: string): string {
  rmSync(place, { recursive: true, force: true });
  const target = join(place, version);
  mkdirSync(target, { recursive: true });
  return target;
}

/**
 * A folder as a zip whose bytes depend only on its files: sorted, with one time and mode, and not compressed, because the
 * output of deflate differs between versions of zlib. Lambda unpacks it once.
 */
export function zipped(folder: string): Uint8Array {
  const options = { level: 0, mtime: new Date(1980, 0, 1), os: 3, attrs: 0o644 << 16 } as const;
  const files: Zippable = {};
  for (const name of namesBelow(folder)) files[name] = [readFileSync(join(folder, name)), options];
  return zipSync(files);
}

/** The files in a folder and its subfolders, as sorted paths with forward slashes. */
function namesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}

const measured = (body: Uint8Array): ReleasedFile => ({
  sha256: createHash("sha256").update(body).digest("hex"),
  bytes: body.byteLength,
});

function writeManifest(
  target: string,
  version: string,
  files: readonly (readonly [string, ReleasedFile])[],
): void {
  const manifest = { version, files: Object.fromEntries(files) };
  const path = join(target, "manifest.json");
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
}
