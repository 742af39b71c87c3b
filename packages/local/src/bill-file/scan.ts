import type { BillFormat } from "./charge-columns.ts";
import type { BillFile } from "./file-columns.ts";
import { listLiteral } from "./sql.ts";

/**
 * SQL that scans files of one shape, with nothing left to guess: no sniffing, no skipped row, no padding. A row that is
 * no row is an error.
 */
export function scanOf(files: readonly BillFile[], format: BillFormat): string {
  const paths = listLiteral(files.map(({ readAs }) => readAs));
  const [first] = files;
  if (first === undefined) throw new TypeError("A scan has at least one file.");
  if (first.encoding === "parquet") return `read_parquet(${paths})`;
  const columns = first.columns.map(({ sql }) => `'${sql}': 'VARCHAR'`).join(", ");
  // FOCUS samples, and exports of databases, write NULL; in a CUR that would be somebody's tag.
  const absent = format === "FOCUS" ? ["", "NULL"] : [""];
  return `read_csv(${paths}, auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
    strict_mode = true, null_padding = false, ignore_errors = false, nullstr = ${listLiteral(absent)},
    compression = '${first.encoding === "csv.gz" ? "gzip" : "none"}', buffer_size = ${BUFFER_BYTES},
    max_line_size = ${LONGEST_LINE_BYTES}, columns = {${columns}})`;
}

/** A quarter of DuckDB's own: each thread holds a few, and reading is no slower. */
const BUFFER_BYTES = 8 << 20;

export const LONGEST_LINE_BYTES = 2 << 20;

/** Files of one shape are scanned together. */
export const shapeOf = ({ encoding, columns }: BillFile) =>
  JSON.stringify([encoding, columns.map(({ name, type }) => [name, type])]);
