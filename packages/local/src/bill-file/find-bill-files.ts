import type { Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { billFileError } from "./bill-file-error.ts";
import { messageOf } from "./file-bytes.ts";

/**
 * The files of a bill: the path itself, or every CSV and Parquet file below a folder, sorted. What else an export
 * leaves there (manifests, table definitions, status tables, hidden files) is passed over.
 * @throws CostSourceError when there is none, or when one delivery of a report lies there twice
 */
export async function findBillFiles(path: string): Promise<readonly string[]> {
  const found = await statOf(path);
  if (!found.isDirectory()) return [path];
  const files = (await filesBelow(path)).sort();
  if (files.length === 0) {
    throw billFileError(
      `There is no bill in ${path}: a folder of bills holds .csv, .csv.gz or .parquet files, at any depth.`,
    );
  }
  checkDeliveries(files);
  return files;
}

async function filesBelow(folder: string): Promise<string[]> {
  const files: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.name.startsWith(".") || STATUS_TABLE.test(entry.name)) continue;
    if (entry.isDirectory()) files.push(...(await filesBelow(path)));
    else if (BILL.test(entry.name) && (entry.isFile() || (await statOf(path)).isFile())) files.push(path);
  }
  return files;
}

/** A zip is taken along so that it is refused by name instead of being missed. */
const BILL = /\.(csv|csv\.gz|gz|csv\.zip|zip|parquet)$/i;

/** Athena's legacy CUR integration keeps a little Parquet table here that says whether the report is being written. */
const STATUS_TABLE = /^cost_and_usage_data_status/i;

/**
 * A report that is set to keep old versions, and a Data Export that does not overwrite, put each delivery in a folder
 * of its own below the month; every one holds the whole month. Two of them added up would double the bill.
 */
function checkDeliveries(files: readonly string[]): void {
  const deliveries = new Map<string, string>();
  const stems = new Map<string, string>();
  for (const file of files) {
    const folder = dirname(file);
    if (DELIVERY.test(basename(folder))) {
      const month = dirname(folder);
      const other = deliveries.get(month) ?? folder;
      if (other !== folder) throw twice(other, folder, "two deliveries of one report");
      deliveries.set(month, folder);
    }
    const stem = file.replace(BILL, "");
    const twin = stems.get(stem);
    if (twin !== undefined) throw twice(twin, file, "the same bill written two ways");
    stems.set(stem, file);
  }
}

const DELIVERY = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

const twice = (one: string, other: string, what: string) =>
  billFileError(
    `${one} and ${other} look like ${what}, and their charges would be counted twice. Keep one of them in the folder.`,
  );

async function statOf(path: string): Promise<Stats> {
  try {
    return await stat(path);
  } catch (cause) {
    const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    throw billFileError(
      missing ? `There is no file or folder ${path}.` : `${path} cannot be read: ${messageOf(cause)}.`,
      { failure: missing ? "validation" : "access-denied", cause },
    );
  }
}
