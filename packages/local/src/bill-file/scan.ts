import type { BillFormat } from "./charge-columns.ts";
import type { ScannableFile } from "./file-columns.ts";
import { COLUMNS_OF_FILES } from "./scan-path.ts";
import { listLiteral, literal } from "./sql.ts";

/**
 * SQL that scans files of one shape; nothing is detected, skipped or padded. An invalid row is an error.
 * The scan names its columns by position (`c0`, `c1`, …), so no name of a file or folder is an identifier in a query.
 */
export function scanOf(files: readonly ScannableFile[], format: BillFormat): string {
  const paths = listLiteral(files.map(({ scanPath }) => scanPath));
  const [first] = files;
  if (first === undefined) throw new TypeError("A scan has at least one file.");
  const names = first.columns.map(({ sql }) => sql);
  if (first.encoding === "parquet") {
    // A list of column names replaces the file's own, all of them: DuckDB refuses two columns of one name.
    return `read_parquet(${paths}, ${COLUMNS_OF_FILES}) AS scanned(${names.join(", ")})`;
  }
  const columns = names.map((name) => `'${name}': 'VARCHAR'`).join(", ");
  // FOCUS samples, and exports of databases, write NULL; in a CUR it could be a tag's value.
  const absent = format === "FOCUS" ? ["", "NULL"] : [""];
  return `read_csv(${paths}, auto_detect = false, header = true, delim = ${literal(first.separator)}, quote = '"', escape = '"',
    strict_mode = true, null_padding = false, ignore_errors = false, nullstr = ${listLiteral(absent)},
    compression = '${first.encoding === "csv.gz" ? "gzip" : "none"}', buffer_size = ${BUFFER_BYTES},
    max_line_size = ${LONGEST_LINE_BYTES}, columns = {${columns}}, ${COLUMNS_OF_FILES})`;
}

/** SQL for the number of the file that a row of a scan is in, as the scan lists them. */
export const FILE_NUMBER = "file_index";

/** A quarter of DuckDB's default: each thread keeps a few, and reading is as fast. */
const BUFFER_BYTES = 8 << 20;

export const LONGEST_LINE_BYTES = 2 << 20;

/** Files of one shape are scanned together: equal names and types, so DuckDB converts nothing between them. */
export const shapeOf = ({ encoding, separator, columns }: ScannableFile) =>
  JSON.stringify([encoding, separator, columns.map(({ name, type }) => [name, type])]);
