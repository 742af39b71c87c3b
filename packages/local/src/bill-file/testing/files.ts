import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll } from "vitest";
import { type BillFileOptions, type BillFileSource, openBillFile } from "../bill-file-source.ts";
import { identifier, literal } from "../sql.ts";

/** A row of a file to write: what it does not name stays empty. */
export type Row = Readonly<Record<string, string>>;

/** A temporary folder of this test file, and bills written into it and opened from it; all gone at the end. */
export function billFolder() {
  const folder = mkdtemp(join(tmpdir(), "dapanoskop-test-"));
  const opened: BillFileSource[] = [];
  let number = 0;
  afterAll(async () => {
    for (const source of opened) await source.close();
    await rm(await folder, { recursive: true, force: true });
  });
  const pathTo = async (name: string) => join(await folder, name);
  return {
    path: pathTo,
    async write(content: string | Uint8Array, name = `bill-${++number}.csv`): Promise<string> {
      const path = await pathTo(name);
      await writeFile(path, content);
      return path;
    },
    async open(path: string, options: BillFileOptions = {}): Promise<BillFileSource> {
      const source = await openBillFile(path, { threads: 1, ...options });
      opened.push(source);
      return source;
    },
  };
}

/** Rows as CSV, with the columns that any of them names. */
export function csv(rows: readonly Row[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ""))];
  return `${lines.map((fields) => fields.map(field).join(",")).join("\n")}\n`;
}

export const gzipped = (text: string) => gzipSync(text);

const field = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * Writes a CSV's rows as Parquet, by DuckDB.
 * @param casts SQL by column that reads the text as another type; `column` stands for it
 */
export async function parquet(
  from: string,
  to: string,
  casts: Readonly<Record<string, string>> = {},
): Promise<string> {
  const instance = await DuckDBInstance.create(":memory:", { autoload_known_extensions: "false" });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  const replaced = Object.entries(casts).map(
    ([column, sql]) => `${sql.replaceAll("column", identifier(column))} AS ${identifier(column)}`,
  );
  await connection.run(
    `COPY (SELECT * ${replaced.length > 0 ? `REPLACE (${replaced.join(", ")})` : ""}
       FROM read_csv(${literal(from)}, all_varchar = true)) TO ${literal(to)} (FORMAT parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
  return to;
}
