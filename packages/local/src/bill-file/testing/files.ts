import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll } from "vitest";
import { type BillFileOptions, type BillFileSource, openBillFile } from "../bill-file-source.ts";
import { identifier, literal } from "../sql.ts";

/** A row of a file to write. Columns that it does not name are empty. */
export type FileRow = Readonly<Record<string, string>>;

/** A temporary folder for one test file, with bills written into it and opened from it. All are removed at the end. */
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
    async writeTo(content: string | Uint8Array, path: string): Promise<string> {
      await mkdir(dirname(path), { recursive: true });
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
export function csv(rows: readonly FileRow[], separator = ","): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ""))];
  return `${lines.map((fields) => fields.map(field).join(separator)).join("\n")}\n`;
}

export const gzipped = (text: string) => gzipSync(text);

const field = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/**
 * Writes a CSV's rows as Parquet, by DuckDB.
 * @param casts SQL by column that reads the text as another type; `column` is replaced by it
 * @param more SQL of further columns by name, before or after those of the CSV
 */
export async function parquet(
  from: string,
  to: string,
  casts: Readonly<Record<string, string>> = {},
  more: { readonly extra?: Readonly<Record<string, string>>; readonly isFirst?: boolean } = {},
): Promise<string> {
  const replaced = Object.entries(casts).map(
    ([column, sql]) => `${sql.replaceAll("column", identifier(column))} AS ${identifier(column)}`,
  );
  const given = `* ${replaced.length > 0 ? `REPLACE (${replaced.join(", ")})` : ""}`;
  const extra = Object.entries(more.extra ?? {}).map(([name, sql]) => `${sql} AS ${identifier(name)}`);
  const columns = more.isFirst ? [...extra, given] : [given, ...extra];
  return parquetOf(
    `SELECT ${columns.join(", ")} FROM read_csv(${literal(from)}, all_varchar = true, hive_partitioning = false)`,
    to,
  );
}

/** Writes the rows of a query as Parquet, by DuckDB. */
export async function parquetOf(query: string, to: string): Promise<string> {
  const instance = await DuckDBInstance.create(":memory:", { autoload_known_extensions: "false" });
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  await connection.run(`COPY (${query}) TO ${literal(to)} (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return to;
}
