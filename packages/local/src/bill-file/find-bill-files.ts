import { readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { quoted } from "@dapanoskop/core/text";
import { billFileError, messageOf } from "./bill-file-error.ts";
import { BILL_ENDING, isIgnoredFile } from "./bill-file-names.ts";
import { type BillFilePath, billFilePath, folderEntries, isFolder, realFolder } from "./bill-file-path.ts";
import type { BillPlace, FoundBill } from "./bill-place.ts";
import { deliveredFiles } from "./delivery.ts";
import {
  decisiveManifests,
  isManifestName,
  LONGEST_MANIFEST_BYTES,
  type Manifest,
  parseManifest,
} from "./manifest.ts";

/** A file, or a folder of files, on this machine. */
export const localBill = (path: string): BillPlace => ({ name: path, find: () => findBillFiles(path) });

/**
 * The files of a bill: the path itself, or the CSV and Parquet files below a folder, without those that a newer delivery
 * of the same report replaces. Other files of an export (table definitions, status tables, hidden files) are ignored.
 * @throws CostSourceError when there is none, when one is no regular file, when one that a manifest names is missing, or
 * when one file, or one delivery of a report, is found twice
 */
async function findBillFiles(path: string): Promise<FoundBill> {
  if (!(await isFolder(path))) return { files: [await billFilePath(path)], notes: [] };
  const found = await filesBelow(path, [await realFolder(path)]);
  const nameOf = (inside: string) => join(path, inside);
  const inside = (below: string) => relative(path, below).split(sep).join("/");
  const manifests: Manifest[] = [];
  for (const path of decisiveManifests(found.manifests.map(inside).sort())) {
    manifests.push(...(await manifestAt(nameOf(path), path)));
  }
  const chosen = deliveredFiles(found.bills.map(inside), manifests, nameOf);
  if (chosen.paths.length === 0) {
    throw billFileError(
      `There is no bill in ${path}: a folder of bills contains .csv, .csv.gz or .parquet files, at any depth.`,
    );
  }
  const files: BillFilePath[] = [];
  for (const file of chosen.paths) files.push(await billFilePath(nameOf(file)));
  checkNames(files);
  return { files, notes: chosen.notes };
}

interface FoundPaths {
  readonly bills: string[];
  readonly manifests: string[];
}

/** @param above the real paths of the folder and of those that lead to it */
async function filesBelow(folder: string, above: readonly string[]): Promise<FoundPaths> {
  const found: FoundPaths = { bills: [], manifests: [] };
  for (const entry of await folderEntries(folder)) {
    const path = join(folder, entry.name);
    if (isIgnoredFile(entry.name)) continue;
    if (entry.isDirectory() || (entry.isSymbolicLink() && (await isFolder(path)))) {
      const real = await realFolder(path);
      if (above.includes(real)) {
        throw billFileError(
          `${path} is a link to a folder that contains it, ${real}. Remove the link, or use a folder without it.`,
        );
      }
      const below = await filesBelow(path, [...above, real]);
      found.bills.push(...below.bills);
      found.manifests.push(...below.manifests);
    } else if (BILL_ENDING.test(entry.name)) found.bills.push(path);
    else if (isManifestName(entry.name)) found.manifests.push(path);
  }
  return found;
}

async function manifestAt(path: string, inside: string): Promise<readonly Manifest[]> {
  const { location, bytes } = await billFilePath(path);
  if (bytes > LONGEST_MANIFEST_BYTES)
    throw billFileError(`${path} is too large for a manifest. Remove it from the folder.`);
  let text: string;
  try {
    text = await readFile(location, "utf8");
  } catch (cause) {
    throw billFileError(`${path} cannot be read: ${messageOf(cause)}.`, { failure: "access-denied", cause });
  }
  return manifestOf(path, inside, text);
}

/**
 * The manifest in a text: one, or none where the text is another list.
 * @throws CostSourceError when it is no JSON: it may be cut off, and nothing says which files there must be
 */
export function manifestOf(name: string, inside: string, text: string): readonly Manifest[] {
  try {
    const manifest = parseManifest(inside, text);
    return manifest === null ? [] : [manifest];
  } catch (cause) {
    throw billFileError(
      `${name} is no whole manifest (${quoted(messageOf(cause))}), so it is not known which files belong to the bill. Copy it again.`,
      { cause },
    );
  }
}

/** A link to a file, symbolic or hard, is a second name of it. */
function checkNames(files: readonly BillFilePath[]): void {
  const names = new Map<string, string>();
  for (const { identity, path } of files) {
    const other = names.get(identity);
    if (other !== undefined) {
      throw billFileError(
        `${other} and ${path} are two names of one file, and its charges would be counted twice. Keep one of them in the folder.`,
      );
    }
    names.set(identity, path);
  }
}
