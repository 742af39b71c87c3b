import { stat } from "node:fs/promises";
import { addDays, type Window } from "@dapanoskop/core/calendar";
import { type Money, parseMoney } from "@dapanoskop/core/money";
import type { CostMetric } from "@dapanoskop/core/source";
import { quoted } from "@dapanoskop/core/text";
import { chargeColumns, chargeFiles } from "./bill-columns.ts";
import { billFileError, listed } from "./bill-file-error.ts";
import {
  type BillTable,
  billTable,
  createTable,
  insertCharges,
  type LoadedColumns,
  OTHER_PROVIDER,
  TABLE,
} from "./bill-table.ts";
import type { BillFormat, ChargeColumns } from "./charge-columns.ts";
import { isBillDay } from "./day-sql.ts";
import type { Engine } from "./engine.ts";
import { checkGzip } from "./file-bytes.ts";
import { openFile, type ScannableFile } from "./file-columns.ts";
import { changeSince, type FoundBill, findBillFiles } from "./find-bill-files.ts";
import { firstBadCharge, loadFailure } from "./load-failure.ts";
import { scanOf, shapeOf } from "./scan.ts";
import { scanPath } from "./scan-path.ts";

/** A bill that is loaded into the engine's table, with facts about the whole of it. */
export interface LoadedBill {
  readonly table: BillTable;
  readonly format: BillFormat;
  readonly versions: readonly string[];
  readonly currency: string;
  /** The number of charges that queries count. */
  readonly rows: number;
  /** First to last day with a charge. */
  readonly window: Window;
  readonly leftOut: readonly LeftOut[];
  /** Limits of the files' format, a sentence each. */
  readonly remarks: readonly string[];
  /** Metrics that the files have for some charges only, with the number of charges that lack them. */
  readonly incomplete: ReadonlyMap<CostMetric, number>;
}

/** Charges of another provider, which are not counted. */
export interface LeftOut {
  readonly provider: string;
  readonly rows: number;
  /** What they cost as billed: one amount a currency. */
  readonly billed: readonly Money[];
}

/** Files of one shape: one scan reads them. */
interface FileGroup {
  readonly files: readonly ScannableFile[];
  readonly columns: ChargeColumns;
}

export interface BillFilesOptions {
  readonly provider: string;
  readonly kept: LoadedColumns;
}

/**
 * Loads every charge of a bill, in one pass over each file.
 * @throws CostSourceError `validation` when a file is no valid bill, or changed while it was read; `currency` when
 * there are several
 */
export async function loadBill(engine: Engine, path: string, options: BillFilesOptions): Promise<LoadedBill> {
  const found = await findBillFiles(path);
  let bill: LoadedBill;
  try {
    bill = await loadFiles(engine, path, found, options);
  } catch (cause) {
    // Reading a file that is being written fails with an error that does not name the reason.
    throw (await changeSince(path, found, cause)) ?? cause;
  }
  const change = await changeSince(path, found);
  if (change !== null) throw change;
  return bill;
}

async function loadFiles(
  engine: Engine,
  path: string,
  found: FoundBill,
  { provider, kept }: BillFilesOptions,
): Promise<LoadedBill> {
  const opened: ScannableFile[] = [];
  for (const [number, file] of found.files.entries()) {
    opened.push(
      await openFile(engine.connection, file, await scanPath(engine.folder, file.location, number)),
    );
  }
  const { files, notes } = chargeFiles(opened);
  const groups = groupsOf(files, provider);
  const format = oneFormat(path, groups);
  const table = billTable(
    groups.map(({ columns }) => columns),
    kept,
  );
  await engine.prepare(await csvSizeOf(groups.flatMap(({ files }) => files)));
  await engine.connection.run(createTable(table));
  for (const group of groups) await loadGroup(engine, table, group);
  await checkCharges(engine, groups);
  const leftOut = table.hasProviders ? await removeOtherProviders(engine, path, provider) : [];
  const versions = [...new Set(groups.map(({ columns }) => columns.version))].sort();
  const remarks = [...found.notes, ...notes, ...new Set(groups.flatMap(({ columns }) => columns.notes))];
  return { table, format, versions, leftOut, remarks, ...(await summary(engine, path, table)) };
}

function groupsOf(files: readonly ScannableFile[], provider: string): readonly FileGroup[] {
  const groups = new Map<string, { files: ScannableFile[]; columns: ChargeColumns }>();
  for (const file of files) {
    // Also for a file of a known shape: the error about a missing column names the file that lacks it.
    const columns = chargeColumns(file, provider);
    // Files of one shape still differ where the value of a column is in the name of a folder.
    const key = `${shapeOf(file)} ${JSON.stringify(columns, (_, value) => (value instanceof Map ? [...value] : value))}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { files: [file], columns });
    else known.files.push(file);
  }
  return [...groups.values()];
}

/** Approximate bytes of a bill as plain CSV: compressed files are a tenth or less of it. */
async function csvSizeOf(files: readonly ScannableFile[]): Promise<number> {
  const sizes = await Promise.all(
    files.map(async ({ location, encoding }) => (await stat(location)).size * (encoding === "csv" ? 1 : 12)),
  );
  return sizes.reduce((total, size) => total + size, 0);
}

function oneFormat(path: string, groups: readonly FileGroup[]): BillFormat {
  const formats = [...new Set(groups.map(({ columns }) => columns.format))];
  const [format] = formats;
  if (format === undefined || formats.length > 1) {
    throw billFileError(
      `${path} contains bills of ${formats.length} formats (${listed(formats)}), and the same charges may be in each. Use a folder with one of them.`,
    );
  }
  return format;
}

async function loadGroup(
  { connection }: Engine,
  table: BillTable,
  { files, columns }: FileGroup,
): Promise<void> {
  const load = async () => {
    try {
      await connection.run(insertCharges(table, columns, scanOf(files, columns.format)));
    } catch (cause) {
      throw await loadFailure(connection, files, columns, cause);
    }
  };
  const packed = files.filter(({ encoding }) => encoding === "csv.gz");
  // Each file is unpacked twice, in parallel. The error about a cut-off file takes precedence over that of its last line.
  const [checked, loaded] = await Promise.allSettled([Promise.all(packed.map(checkGzip)), load()]);
  if (checked.status === "rejected") throw checked.reason;
  if (loaded.status === "rejected") throw loaded.reason;
}

/** A charge without a cost or a day loads as NULL. That is an error, not a charge of 0. */
async function checkCharges({ connection }: Engine, groups: readonly FileGroup[]): Promise<void> {
  const unread = await connection.runAndReadAll(
    `SELECT count(*) FROM ${TABLE} WHERE cost_0 IS NULL OR day IS NULL OR NOT (${isBillDay("day")})`,
  );
  if (Number(unread.getRowsJson()[0]?.[0]) === 0) return;
  for (const { files, columns } of groups) {
    const bad = await firstBadCharge(connection, files, columns);
    if (bad !== null) throw bad;
  }
}

/** Removes the charges of other providers, and returns how many there were of each, and what they cost. */
async function removeOtherProviders(
  { connection }: Engine,
  path: string,
  provider: string,
): Promise<readonly LeftOut[]> {
  const read = await connection.runAndReadAll(
    `SELECT ${OTHER_PROVIDER}, coalesce(currency, ''), count(*), CAST(sum(cost_0) AS VARCHAR) FROM ${TABLE} GROUP BY ALL ORDER BY 1, 2`,
  );
  const leftOut = new Map<string, LeftOut>();
  let isAll = true;
  for (const [name, currency, rows, cost] of read.getRowsJson()) {
    if (typeof name !== "string") {
      isAll = false;
      continue;
    }
    const before = leftOut.get(name) ?? { provider: name, rows: 0, billed: [] };
    const billed = [...before.billed, parseMoney(String(cost ?? "0"), String(currency))];
    leftOut.set(name, { provider: name, rows: before.rows + Number(rows), billed });
  }
  const others = [...leftOut.values()].sort((a, b) => b.rows - a.rows);
  if (others.length > 0 && isAll) {
    const names = others.map((other) => quoted(other.provider));
    throw billFileError(
      `${path} contains no charge of ${quoted(provider)}: its charges are of ${listed(names)}. Name one of these as the provider (--provider).`,
    );
  }
  if (others.length > 0) await connection.run(`DELETE FROM ${TABLE} WHERE ${OTHER_PROVIDER} IS NOT NULL`);
  return others;
}

async function summary({ connection }: Engine, path: string, { costs }: BillTable) {
  const metrics = [...costs.keys()];
  const read = await connection.runAndReadAll(
    `SELECT count(*), CAST(min(day) AS VARCHAR), CAST(max(day) AS VARCHAR)
     ${[...costs.values()].map((column) => `, count(*) - count(${column})`).join("")} FROM ${TABLE}`,
  );
  const [rows, first, last, ...lacking] = read.getRowsJson()[0] ?? [];
  if (Number(rows) === 0) {
    throw billFileError(`${path} has columns and no charge. Export a period that has charges.`);
  }
  const incomplete = new Map(
    metrics.map((metric, at) => [metric, Number(lacking[at])] as const).filter(([, count]) => count > 0),
  );
  return {
    rows: Number(rows),
    window: { start: String(first), end: addDays(String(last), 1) },
    currency: await oneCurrency(connection, path),
    incomplete,
  };
}

async function oneCurrency(connection: Engine["connection"], path: string): Promise<string> {
  const read = await connection.runAndReadAll(
    `SELECT currency, count(*) FROM ${TABLE} GROUP BY currency ORDER BY count(*) DESC, currency`,
  );
  const currencies = read.getRowsJson().map(([currency, rows]) => [currency, Number(rows)] as const);
  const [first] = currencies;
  if (currencies.length === 1 && typeof first?.[0] === "string") return first[0];
  const counts = currencies.map(
    ([currency, rows]) => `${rows} charges in ${currency === null ? "none" : quoted(String(currency))}`,
  );
  throw billFileError(
    `${path} contains ${listed(counts)}. One deployment shows one currency: put the charges of each into a file of its own.`,
    { failure: "currency" },
  );
}
