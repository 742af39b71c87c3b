import { basename, dirname, join } from "node:path";
import type { CostSourceError } from "@dapanoskop/core/source";
import { billFileError } from "./bill-file-error.ts";
import { type BillFilePath, billFilePath, folderEntries, isFolder } from "./bill-file-path.ts";

/**
 * The files of a bill: the path itself, or every CSV and Parquet file below a folder, sorted by path. Other files of
 * an export (manifests, table definitions, status tables, hidden files) are ignored.
 * @throws CostSourceError when there is none, when one is no regular file, or when one file, or one delivery of a report,
 * is found twice
 */
export async function findBillFiles(path: string): Promise<readonly BillFilePath[]> {
  if (!(await isFolder(path))) return [await billFilePath(path)];
  const paths = (await pathsBelow(path)).sort();
  if (paths.length === 0) {
    throw billFileError(
      `There is no bill in ${path}: a folder of bills contains .csv, .csv.gz or .parquet files, at any depth.`,
    );
  }
  checkDeliveries(paths);
  const files: BillFilePath[] = [];
  for (const found of paths) files.push(await billFilePath(found));
  checkNames(files);
  return files;
}

async function pathsBelow(folder: string): Promise<string[]> {
  const paths: string[] = [];
  for (const entry of await folderEntries(folder)) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(".") || STATUS_TABLE.test(entry.name)) continue;
    if (entry.isDirectory()) paths.push(...(await pathsBelow(path)));
    else if (BILL.test(entry.name)) paths.push(path);
  }
  return paths;
}

/** A zip is included so that an error names it. */
const BILL = /\.(csv|csv\.gz|gz|csv\.zip|zip|parquet)$/i;

/** Athena's legacy CUR integration keeps a small Parquet table here with the state of the report. */
const STATUS_TABLE = /^cost_and_usage_data_status/i;

/**
 * A report that keeps old versions, and a Data Export that does not overwrite, write each delivery to a folder of its
 * own below the month; each contains the whole month. The sum of two would be double the bill.
 */
function checkDeliveries(paths: readonly string[]): void {
  const deliveries = new Map<string, string>();
  const stems = new Map<string, string>();
  for (const path of paths) {
    const folder = dirname(path);
    if (DELIVERY.test(basename(folder))) {
      const month = dirname(folder);
      const other = deliveries.get(month) ?? folder;
      if (other !== folder) throw countedTwice(other, folder, "look like two deliveries of one report");
      deliveries.set(month, folder);
    }
    const stem = path.replace(BILL, "");
    const other = stems.get(stem);
    if (other !== undefined) throw countedTwice(other, path, "look like the same bill in two encodings");
    stems.set(stem, path);
  }
}

const DELIVERY = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** A link to a file, symbolic or hard, is a second name of it. */
function checkNames(files: readonly BillFilePath[]): void {
  const names = new Map<string, string>();
  for (const { identity, path } of files) {
    const other = names.get(identity);
    if (other !== undefined) throw countedTwice(other, path, "are two names of one file");
    names.set(identity, path);
  }
}

const countedTwice = (one: string, other: string, what: string) =>
  billFileError(
    `${one} and ${other} ${what}, and their charges would be counted twice. Keep one of them in the folder.`,
  );

/**
 * The error for a bill that was read while one of its files, or the folder, changed.
 * @param failure the error of reading them, if there was one
 * @returns `null` when nothing has changed
 */
export async function changeSince(
  path: string,
  found: readonly BillFilePath[],
  failure?: unknown,
): Promise<CostSourceError | null> {
  const changed = (what: string, cause = failure) =>
    billFileError(
      `${what} changed while the bill was read. Wait until the bill is written completely, then collect again.`,
      { cause },
    );
  try {
    const now = new Map((await findBillFiles(path)).map((file) => [file.path, file]));
    for (const { path: name, location, version } of found) {
      const after = now.get(name);
      if (after?.location !== location || after.version !== version) return changed(name);
    }
    return now.size === found.length ? null : changed(path);
  } catch (cause) {
    return changed(path, cause);
  }
}
