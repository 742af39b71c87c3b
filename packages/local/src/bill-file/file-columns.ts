import { quoted } from "@dapanoskop/core/text";
import type { DuckDBConnection } from "@duckdb/node-api";
import { billFileError, messageOf } from "./bill-file-error.ts";
import type { BillFilePath } from "./bill-file-path.ts";
import { type FirstRecord, firstRecord, type Separator } from "./csv-text.ts";
import { csvBytes, type Encoding, encodingOf } from "./file-bytes.ts";
import type { FileColumn } from "./file-column.ts";
import { partitionColumns } from "./partition-columns.ts";
import { COLUMNS_OF_FILES } from "./scan-path.ts";
import { literal } from "./sql.ts";

/** A file of a bill and its columns. None of its charges is loaded yet. */
export interface ScannableFile extends BillFilePath {
  /** The path that DuckDB reads it by. */
  readonly scanPath: string;
  readonly encoding: Encoding;
  /** What separates the fields of a CSV. */
  readonly separator: Separator;
  readonly columns: readonly FileColumn[];
  /** The columns that its folders name, whether the file has them or not. */
  readonly partitions: readonly FileColumn[];
}

/** @throws CostSourceError when it has no columns that could be read */
export async function openFile(
  connection: DuckDBConnection,
  file: BillFilePath,
  scanPath: string,
): Promise<ScannableFile> {
  const encoding = await encodingOf(file);
  const opened = { ...file, scanPath, encoding, partitions: partitionColumns(file.path) };
  if (encoding === "parquet") {
    return { ...opened, separator: ",", columns: await parquetColumns(connection, file, scanPath) };
  }
  const { fields, separator } = await headerOf(file, encoding);
  if (/^sep=.?$/i.test(fields.join(""))) {
    throw billFileError(
      `${file.path}, line 1: "sep=" is a note for spreadsheets, and no header. Remove the line; commas, semicolons, tabs and | are recognized.`,
    );
  }
  return { ...opened, separator, columns: fields.map(csvColumn) };
}

const csvColumn = (name: string, at: number): FileColumn => ({
  name,
  sql: `c${at}`,
  type: "VARCHAR",
  canBeEmpty: false,
});

async function parquetColumns(
  connection: DuckDBConnection,
  { path }: BillFilePath,
  scanPath: string,
): Promise<readonly FileColumn[]> {
  try {
    const described = await connection.runAndReadAll(
      `SELECT column_type FROM (DESCRIBE FROM read_parquet(${literal(scanPath)}, ${COLUMNS_OF_FILES}))`,
    );
    const types = described.getRowsJson().map(([type]) => String(type));
    const names = await parquetNames(connection, scanPath);
    if (types.length !== names.length) throw new TypeError("The schema does not fit the columns.");
    return types.map((type, at) => ({ name: names[at] ?? "", sql: `c${at}`, type, canBeEmpty: true }));
  } catch (cause) {
    throw billFileError(
      `${path} is no whole Parquet file (${quoted(messageOf(cause).split("\n")[0] ?? "")}). Download it again.`,
      { cause },
    );
  }
}

/** The columns' names as the file has them. DESCRIBE calls the second of two equal names, in any case, `BilledCost_1`. */
async function parquetNames(connection: DuckDBConnection, scanPath: string): Promise<readonly string[]> {
  const schema = await connection.runAndReadAll(
    `SELECT name, num_children FROM parquet_schema(${literal(scanPath)})`,
  );
  const names: string[] = [];
  // A depth-first list: the root, then each column and all that is nested in it.
  let nested = 0;
  for (const [name, children] of schema.getRowsJson().slice(1)) {
    if (nested === 0) names.push(String(name));
    else nested -= 1;
    nested += Number(children ?? 0);
  }
  return names;
}

/** No header of a bill is longer: a CUR with 1,000 tag columns has some 40 kB. */
const LONGEST_HEADER = 1 << 20;

async function headerOf(file: BillFilePath, encoding: Encoding): Promise<FirstRecord> {
  const { path } = file;
  const decoder = new TextDecoder();
  let text = "";
  try {
    for await (const chunk of csvBytes(file, encoding)) {
      text += decoder.decode(chunk, { stream: true });
      const header = firstRecord(text, false);
      if (header !== null) return header;
      if (text.length > LONGEST_HEADER) break;
    }
  } catch (cause) {
    throw billFileError(`${path} does not unpack (${quoted(messageOf(cause))}). Download it again.`, {
      cause,
    });
  }
  const header = text.length > LONGEST_HEADER ? null : firstRecord(text, true);
  if (header === null) {
    throw billFileError(
      `${path}, line 1: the header does not end. A bill begins with the names of its columns.`,
    );
  }
  return header;
}
