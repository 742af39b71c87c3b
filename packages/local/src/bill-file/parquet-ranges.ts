import type { DuckDBConnection } from "@duckdb/node-api";
import { chargeColumns } from "./bill-columns.ts";
import type { BillFilePath } from "./bill-file-path.ts";
import { openFile } from "./file-columns.ts";
import { otherReport } from "./other-report.ts";
import { literal } from "./sql.ts";

/** Bytes of a file, from `start` to before `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Ranges that are nearer than this are read as one: a request takes as long as some hundred kilobytes. */
const NEAR_BYTES = 256 << 10;

/** How much of a file may be needed at most, so that it is not copied whole. */
const WORTH = 0.8;

/**
 * The bytes of a Parquet file that its charges are read from: the chunks of the columns that the bill's queries name.
 * @param file of which the footer is there, and nothing else has to be
 * @returns `null` where all bytes are needed, or where the file is no bill of the provider: reading it says why
 */
export async function neededRanges(
  connection: DuckDBConnection,
  file: BillFilePath,
  scanPath: string,
  provider: string,
): Promise<readonly ByteRange[] | null> {
  try {
    const opened = await openFile(connection, file, scanPath);
    if (opened.encoding !== "parquet" || otherReport(opened.columns) !== null) return null;
    const columns = chargeColumns(opened, provider);
    const sql = JSON.stringify(columns, (_, value) => (value instanceof Map ? [...value] : value));
    const used = new Set([...sql.matchAll(/\bc(\d+)\b/g)].map(([, position]) => Number(position)));
    const chunks = await chunksOf(connection, scanPath);
    const needed = chunks.filter(({ column }) => used.has(column));
    const ranges = merged(needed.map(({ start, end }) => ({ start, end })));
    const bytes = ranges.reduce((total, { start, end }) => total + end - start, 0);
    const isWithin = ranges.every(({ start, end }) => start >= 0 && end <= file.bytes);
    return isWithin && bytes < file.bytes * WORTH ? ranges : null;
  } catch {
    // The whole file is copied, and loading it says what is wrong with it.
    return null;
  }
}

/** The chunks of a file's columns, by the column's position among those that are not nested in another. */
async function chunksOf(
  connection: DuckDBConnection,
  scanPath: string,
): Promise<readonly (ByteRange & { readonly column: number })[]> {
  const columnOfLeaf = await leafColumns(connection, scanPath);
  const read = await connection.runAndReadAll(
    `SELECT column_id, CASE WHEN dictionary_page_offset > 0 THEN least(dictionary_page_offset, data_page_offset) ELSE data_page_offset END, total_compressed_size
     FROM parquet_metadata(${literal(scanPath)})`,
  );
  return read.getRowsJson().map(([leaf, start, bytes]) => {
    const column = columnOfLeaf[Number(leaf)];
    if (column === undefined) throw new TypeError("The schema does not fit the chunks.");
    return { column, start: Number(start), end: Number(start) + Number(bytes) };
  });
}

/** For each leaf of the schema, in its order, the position of the column that it is nested in. */
async function leafColumns(connection: DuckDBConnection, scanPath: string): Promise<readonly number[]> {
  const schema = await connection.runAndReadAll(
    `SELECT num_children FROM parquet_schema(${literal(scanPath)})`,
  );
  const leaves: number[] = [];
  let column = -1;
  // A depth-first list: the root, then each column and all that is nested in it.
  let nested = 0;
  for (const [children] of schema.getRowsJson().slice(1)) {
    if (nested === 0) column += 1;
    else nested -= 1;
    const count = Number(children ?? 0);
    nested += count;
    if (count === 0) leaves.push(column);
  }
  return leaves;
}

function merged(ranges: readonly ByteRange[]): readonly ByteRange[] {
  const wide: ByteRange[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = wide.at(-1);
    if (last !== undefined && range.start - last.end < NEAR_BYTES)
      wide[wide.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    else wide.push(range);
  }
  return wide;
}
