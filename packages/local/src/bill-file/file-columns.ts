import type { DuckDBConnection } from "@duckdb/node-api";
import { billFileError, quoted } from "./bill-file-error.ts";
import { firstRecord } from "./csv-text.ts";
import { csvBytes, type Encoding, encodingOf, messageOf } from "./file-bytes.ts";
import { identifier, literal } from "./sql.ts";

/** One column of a file. */
export interface FileColumn {
  /** As the file spells it. */
  readonly name: string;
  /** As SQL reads it. Columns of a CSV go by their position, so that no header's text comes near a statement. */
  readonly sql: string;
  /** DuckDB's type; every column of a CSV is text. */
  readonly type: string;
  /** Whether it can hold the empty text: DuckDB reads an empty field of a CSV as NULL. */
  readonly canBeEmpty: boolean;
}

/** A file of a bill, by its first look: nothing of it is loaded yet. */
export interface BillFile {
  readonly path: string;
  /** The path that DuckDB reads it by. */
  readonly readAs: string;
  readonly encoding: Encoding;
  readonly columns: readonly FileColumn[];
}

/** @throws CostSourceError when it has no columns that could be read */
export async function openFile(
  connection: DuckDBConnection,
  path: string,
  readAs: string,
): Promise<BillFile> {
  const encoding = await encodingOf(path);
  const columns =
    encoding === "parquet"
      ? await parquetColumns(connection, path, readAs)
      : (await headerOf(path, encoding)).map((name, at) => csvColumn(name, at));
  return { path, readAs, encoding, columns };
}

const csvColumn = (name: string, at: number): FileColumn => ({
  name,
  sql: `c${at}`,
  type: "VARCHAR",
  canBeEmpty: false,
});

async function parquetColumns(connection: DuckDBConnection, path: string, readAs: string) {
  try {
    const described = await connection.runAndReadAll(
      `SELECT column_name, column_type FROM (DESCRIBE FROM read_parquet(${literal(readAs)}))`,
    );
    return described
      .getRowsJson()
      .map(([name, type]) => ({ name: String(name), type: String(type) }))
      .filter(({ name }) => !name.includes("\0"))
      .map(({ name, type }) => ({ name, sql: identifier(name), type, canBeEmpty: true }));
  } catch (cause) {
    throw billFileError(
      `${path} is no whole Parquet file (${quoted(messageOf(cause).split("\n")[0] ?? "")}). Fetch it again.`,
      { cause },
    );
  }
}

/** No header of a bill is longer: a CUR with 1,000 tag columns has some 40 kB. */
const LONGEST_HEADER = 1 << 20;

async function headerOf(path: string, encoding: Encoding): Promise<readonly string[]> {
  const decoder = new TextDecoder();
  let text = "";
  try {
    for await (const chunk of csvBytes(path, encoding)) {
      text += decoder.decode(chunk, { stream: true });
      const header = firstRecord(text, false);
      if (header !== null) return header;
      if (text.length > LONGEST_HEADER) break;
    }
  } catch (cause) {
    throw billFileError(`${path} does not unpack (${quoted(messageOf(cause))}). Fetch it again.`, { cause });
  }
  const header = text.length > LONGEST_HEADER ? null : firstRecord(text, true);
  if (header === null) {
    throw billFileError(
      `${path}, line 1: the header does not end. A bill begins with the names of its columns.`,
    );
  }
  return header;
}
