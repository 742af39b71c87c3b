import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { billFileError } from "./bill-file-error.ts";

/**
 * The path by which DuckDB reads exactly one file.
 * DuckDB 1.5.5 reads every path of a scan as a pattern, also in a list: `*`, `?` and `[` match other files. A file with
 * one of them in its path is read through a link in the engine's own folder.
 * If the path of that folder has one itself, `[*]` matches a star alone. But in a pattern DuckDB separates folders at `\`
 * too, and `\` has no escape.
 * @param folder the engine's own folder
 * @param number distinguishes the files of a bill
 */
export async function scanPath(folder: string, location: string, number: number): Promise<string> {
  if (!isPattern(location)) return location;
  if (isPattern(folder) && folder.includes("\\")) {
    throw billFileError(
      `${location} has *, ? or [ in its path, and the temporary folder ${folder} has one of them and a backslash. Set TMPDIR to a folder without them.`,
    );
  }
  const link = join(folder, `file-${number}`);
  await symlink(location, link);
  return isPattern(link) ? escaped(link) : link;
}

/** The path that DuckDB's messages name a scanned file by. */
export const scannedName = (path: string) => path.replaceAll(/\[([*?[])\]/g, "$1");

/** Options of every scan: columns come from the files alone, not from their paths. Hive partitions are on by default. */
export const COLUMNS_OF_FILES = "hive_partitioning = false, filename = false, union_by_name = false";

const isPattern = (path: string) => /[*?[]/.test(path);

const escaped = (path: string) => path.replaceAll(/[*?[]/g, "[$&]");
