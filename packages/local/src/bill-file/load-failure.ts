import type { CostSourceError } from "@dapanoskop/core/source";
import { quoted } from "@dapanoskop/core/text";
import type { DuckDBConnection } from "@duckdb/node-api";
import { billFileError, messageOf } from "./bill-file-error.ts";
import type { ChargeColumns } from "./charge-columns.ts";
import { lineOfRecord } from "./csv-text.ts";
import { openEngine } from "./engine.ts";
import { csvBytes } from "./file-bytes.ts";
import type { ScannableFile } from "./file-columns.ts";
import { LONGEST_LINE_BYTES, scanOf } from "./scan.ts";
import { scannedName } from "./scan-path.ts";

/** Why files did not load, as a sentence with file, line and column. Reads them again, slowly, to find the position. */
export async function loadFailure(
  connection: DuckDBConnection,
  files: readonly ScannableFile[],
  group: ChargeColumns,
  cause: unknown,
): Promise<CostSourceError> {
  const message = messageOf(cause);
  const [first] = files;
  const isDead = /^(INTERNAL|FATAL)/.test(message);
  const broken = await invalidRecord(
    files,
    isDead ? await messageOfOtherEngine(files, group) : message,
    cause,
  );
  if (broken !== null) return broken;
  return (
    (isDead ? null : await firstBadCharge(connection, files, group, cause)) ??
    billFileError(`${first?.path} does not load: ${message.split("\n")[0]}`, { cause })
  );
}

/**
 * DuckDB 1.5.5 fails with an internal error while it writes its message about an invalid record, when the invalid column
 * is not among the first columns that are read. Its database cannot be used afterwards. Another database that reads all
 * columns returns the message.
 */
async function messageOfOtherEngine(
  files: readonly ScannableFile[],
  { format }: ChargeColumns,
): Promise<string> {
  const engine = await openEngine();
  try {
    for (const file of files) {
      await engine.connection.run(`SELECT max(COLUMNS(*)) FROM ${scanOf([file], format)}`);
    }
    return "";
  } catch (cause) {
    return messageOf(cause);
  } finally {
    await engine.close();
  }
}

/** The first charge that cannot be read, looking at the files in order, or `null` when each can. */
export async function firstBadCharge(
  connection: DuckDBConnection,
  files: readonly ScannableFile[],
  group: ChargeColumns,
  cause?: unknown,
): Promise<CostSourceError | null> {
  // Row numbers are positions only when rows come in the file's order.
  await connection.run("SET GLOBAL preserve_insertion_order = true");
  for (const file of files) {
    const found = await badCharge(connection, file, group);
    if (found === null) continue;
    const { row, check, value } = found;
    const what = value === null ? check.whenEmpty : `${quoted(value)} is ${check.complaint}`;
    return billFileError(
      `${await positionOf(file, row)}, column ${quoted(check.column)}: ${what}. Correct the file, or download it again.`,
      { cause },
    );
  }
  return null;
}

async function badCharge(connection: DuckDBConnection, file: ScannableFile, group: ChargeColumns) {
  const { checks } = group;
  const sqls = [...new Set(checks.map(({ sql }) => sql))];
  const scan = scanOf([file], group.format);
  const found = await connection.runAndReadAll(
    `SELECT row,
       CASE ${checks.map(({ isBad }, at) => `WHEN ${isBad} THEN ${at}`).join(" ")} END AS failed,
       CASE ${checks.map(({ isBad, sql }) => `WHEN ${isBad} THEN CAST(${sql} AS VARCHAR)`).join(" ")} END AS value
     FROM (SELECT row_number() OVER () AS row, ${sqls.join(", ")} FROM ${scan})
     WHERE ${checks.map(({ isBad }) => isBad).join(" OR ")}
     ORDER BY row LIMIT 1`,
  );
  const [row, failed, value] = found.getRowsJson()[0] ?? [];
  const check = checks[Number(failed)];
  if (row === undefined || check === undefined) return null;
  return {
    row: Number(row),
    check,
    value: value === null || value === undefined || value === "" ? null : String(value),
  };
}

/** A line that is no record of the CSV. DuckDB reports its number, counted in records. */
async function invalidRecord(
  files: readonly ScannableFile[],
  message: string,
  cause: unknown,
): Promise<CostSourceError | null> {
  const [, number] = /^.*CSV Error on Line: (\d+)/m.exec(message) ?? [];
  if (number === undefined) return null;
  // By the whole path: the name of a file may contain a line break.
  const file =
    files.find(({ scanPath }) => message.includes(`\n  file = ${scannedName(scanPath)}\n`)) ?? files[0];
  if (file === undefined) return null;
  const [, , found] = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(message) ?? [];
  const columns = file.columns.length;
  const what =
    found !== undefined
      ? `the line has ${found} column${found === "1" ? "" : "s"} where the header names ${columns}, so it is cut off or its quotes are wrong`
      : /unterminated quote/.test(message)
        ? "a quote begins here and does not end as in CSV"
        : /unicode|utf-8/i.test(message)
          ? "the text is not UTF-8"
          : /maximum line size|buffer/i.test(message)
            ? `the line is longer than ${LONGEST_LINE_BYTES >> 20} MB, so a quote before it has no end`
            : (message.split("\n")[2] ?? message);
  return billFileError(
    `${await positionOf(file, Number(number) - 1)}: ${what}. Correct the file, or download it again.`,
    {
      cause,
    },
  );
}

/** @param row charges from 1; the header of a CSV is 0 */
async function positionOf(file: ScannableFile, row: number): Promise<string> {
  const { path, encoding } = file;
  if (encoding === "parquet") return `${path}, row ${row}`;
  try {
    const line = await lineOfRecord(csvBytes(file, encoding), row, file.separator);
    return line === null ? `${path}, record ${row}` : `${path}, line ${line}`;
  } catch {
    // A gzip file that is damaged before the position.
    return `${path}, record ${row}`;
  }
}
