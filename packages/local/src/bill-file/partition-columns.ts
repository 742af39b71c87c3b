import { dirname, sep } from "node:path";
import type { FileColumn } from "./file-column.ts";
import { literal } from "./sql.ts";

/**
 * The columns that the folders of a path name, as Hive writes them: `BillingCurrency=EUR/`. They serve where a file lacks
 * a column, never in place of one that it has, and never as an amount.
 * DuckDB's own reading of such folders is off: it replaces the file's columns.
 */
export function partitionColumns(path: string): readonly FileColumn[] {
  return dirname(path)
    .split(sep)
    .flatMap((folder) => {
      const at = folder.indexOf("=");
      if (at < 1) return [];
      const value = decoded(folder.slice(at + 1));
      if (value.includes("\0")) return [];
      const sql =
        value === "" || value === HIVE_NULL ? "CAST(NULL AS VARCHAR)" : `CAST(${literal(value)} AS VARCHAR)`;
      return [{ name: decoded(folder.slice(0, at)), sql, type: "VARCHAR", canBeEmpty: false, folder }];
    });
}

/** What Hive, Spark and Athena write for NULL. */
const HIVE_NULL = "__HIVE_DEFAULT_PARTITION__";

/** Hive writes `%2F` for a slash. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
