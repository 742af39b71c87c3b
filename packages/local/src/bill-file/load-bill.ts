import { addDays, type Month, type Window } from "@dapanoskop/core/calendar";
import { MONEY_DECIMALS, type Money, parseMoney } from "@dapanoskop/core/money";
import { listed, quoted } from "@dapanoskop/core/text";
import { chargeColumns, chargeFiles } from "./bill-columns.ts";
import { amountText, billFileError } from "./bill-file-error.ts";
import { type BillPlace, changeSince, type FoundBill } from "./bill-place.ts";
import {
  BILLED,
  type BillTable,
  billTable,
  COLUMN,
  createTable,
  type LoadedColumns,
  TABLE,
} from "./bill-table.ts";
import { type BilledMonth, billedMonths } from "./billed-months.ts";
import { billingPeriods } from "./billing-periods.ts";
import type { BillFormat, ChargeColumns, LabelColumns } from "./charge-columns.ts";
import { type EmptyCells, emptyCellsOf } from "./empty-cells.ts";
import { type Engine, isOutOfMemory } from "./engine.ts";
import { checkGzip } from "./file-bytes.ts";
import { openFile, type ScannableFile } from "./file-columns.ts";
import type { FileGroup } from "./file-group.ts";
import { insertCharges } from "./insert-charges.ts";
import { firstBadCharge, loadFailure } from "./load-failure.ts";
import { labelsByColumn } from "./pair-columns.ts";
import { type RepeatedCharges, repeatedCharges } from "./repeated-charges.ts";
import { checkSameBytes } from "./same-bytes.ts";
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
  /** The months that have charges, in order. */
  readonly months: readonly BilledMonth[];
  /** The months that a file says may still change. */
  readonly openMonths: ReadonlySet<Month>;
  readonly leftOut: readonly LeftOut[];
  /** Limits of the files' format, a sentence each. */
  readonly remarks: readonly string[];
  /** The charges whose cell of a metric is empty. */
  readonly emptyCells: readonly EmptyCells[];
}

/** Charges of another provider, which are not counted. */
export interface LeftOut {
  readonly provider: string;
  readonly rows: number;
  /** What they cost as billed: one amount a currency. */
  readonly billed: readonly Money[];
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
export async function loadBill(
  engine: Engine,
  place: BillPlace,
  options: BillFilesOptions,
): Promise<LoadedBill> {
  const found = await place.find();
  let bill: LoadedBill;
  try {
    bill = await loadFiles(engine, place.name, found, options);
  } catch (cause) {
    // Reading a file that is being written fails with an error that does not name the reason.
    throw (await changeSince(place, found, cause)) ?? cause;
  }
  const change = await changeSince(place, found);
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
  const { files, periods: periodFiles, notes } = chargeFiles(opened);
  const shapes = groupsOf(files, provider);
  // Files of equal bytes in folders that name a column are different charges.
  for (const shape of shapes) await checkSameBytes(shape.files);
  const groups = await labelledGroups(engine, shapes, kept);
  const format = oneFormat(path, groups);
  const table = billTable(
    groups.map(({ columns }) => columns),
    kept,
  );
  let roundedCosts = 0;
  let equalCharges: readonly string[] = [];
  await checkGzips(files, async () => {
    const repeated = repeatedCharges(engine.connection, groups, engine.seen);
    await engine.withinMemory(() => loadGroups(engine, table, groups, repeated));
    roundedCosts = engine.rounded.count;
    await checkCharges(engine, groups);
    equalCharges = await engine.withinMemory(() => repeated.check());
  });
  const leftOut = table.hasProviders ? await removeOtherProviders(engine, path, provider) : [];
  const versions = [...new Set(groups.map(({ columns }) => columns.version))].sort();
  const periods = await billingPeriods(engine.connection, periodFiles, provider);
  const remarks = [
    ...found.notes,
    ...notes,
    ...periods.notes,
    ...new Set(groups.flatMap(({ columns }) => columns.notes)),
    ...equalCharges,
    ...(roundedCosts === 0 ? [] : [roundedNote(roundedCosts)]),
  ];
  const facts = await summary(engine, path, table);
  return {
    table,
    format,
    versions,
    leftOut,
    openMonths: periods.open,
    ...facts,
    remarks: [...remarks, ...facts.remarks],
  };
}

const roundedNote = (count: number) =>
  `${count === 1 ? "1 cost has" : `${count} costs have`} more than ${MONEY_DECIMALS} decimals: each is rounded to ${MONEY_DECIMALS}, halves to even.`;

/** A few labels in a map become a column each; all labels of a map with many stay together. */
async function labelledGroups(
  { connection }: Engine,
  groups: readonly FileGroup[],
  kept: LoadedColumns,
): Promise<readonly FileGroup[]> {
  const labelled: FileGroup[] = [];
  for (const { files, columns } of groups) {
    const of = (labels: LabelColumns, isKept: LoadedColumns["isKeptTag"]) =>
      labelsByColumn(connection, { files, columns }, labels, isKept);
    const tags = kept.isKeptTag === null ? columns.tags : await of(columns.tags, kept.isKeptTag);
    const costCategories = await of(columns.costCategories, null);
    labelled.push({ files, columns: { ...columns, tags, costCategories } });
  }
  return labelled;
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

/** Loads every charge of all groups into a new table. */
async function loadGroups(
  { connection, seen, rounded }: Engine,
  table: BillTable,
  groups: readonly FileGroup[],
  repeated: RepeatedCharges,
): Promise<void> {
  seen.clear();
  rounded.count = 0;
  await connection.run(createTable(table));
  for (const group of groups) {
    const { files, columns } = group;
    const scan = scanOf(files, columns.format);
    try {
      await connection.run(
        insertCharges(table, columns, files[0]?.columns ?? [], scan, repeated.mark(group)),
      );
    } catch (cause) {
      throw isOutOfMemory(cause) ? cause : await loadFailure(connection, files, columns, cause);
    }
  }
}

/**
 * Checks the packed files while they are loaded: each is unpacked twice, in parallel, one file after the other. The error
 * about a cut-off file takes precedence over that of its last line.
 */
async function checkGzips(files: readonly ScannableFile[], load: () => Promise<void>): Promise<void> {
  const check = async () => {
    for (const file of files) if (file.encoding === "csv.gz") await checkGzip(file);
  };
  const [checked, loaded] = await Promise.allSettled([check(), load()]);
  if (checked.status === "rejected") throw checked.reason;
  if (loaded.status === "rejected") throw loaded.reason;
}

/** A charge without a cost or a day loads as NULL. That is an error, not a charge of 0. */
async function checkCharges({ connection }: Engine, groups: readonly FileGroup[]): Promise<void> {
  const unread = await connection.runAndReadAll(`SELECT coalesce(sum(${COLUMN.unread}), 0) FROM ${TABLE}`);
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
    `SELECT ${COLUMN.otherProvider}, coalesce(currency, ''), sum(${COLUMN.charges}), CAST(sum(${BILLED}) AS VARCHAR) FROM ${TABLE} GROUP BY ALL ORDER BY 1, 2`,
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
  if (others.length > 0)
    await connection.run(`DELETE FROM ${TABLE} WHERE ${COLUMN.otherProvider} IS NOT NULL`);
  return others;
}

async function summary({ connection }: Engine, path: string, table: BillTable) {
  const read = await connection.runAndReadAll(
    `SELECT coalesce(sum(${COLUMN.charges}), 0), CAST(min(${COLUMN.day}) AS VARCHAR), CAST(max(${COLUMN.day}) AS VARCHAR) FROM ${TABLE}`,
  );
  const [rows, first, last] = read.getRowsJson()[0] ?? [];
  if (Number(rows) === 0) {
    throw billFileError(`${path} has columns and no charge. Export a period that has charges.`);
  }
  const { currency, remarks } = await oneCurrency(connection, path);
  return {
    rows: Number(rows),
    window: { start: String(first), end: addDays(String(last), 1) },
    months: await billedMonths(connection, currency),
    emptyCells: await emptyCellsOf(connection, table, currency),
    currency,
    remarks,
  };
}

interface BillCurrency {
  readonly currency: string;
  readonly remarks: readonly string[];
}

/** Charges without a currency (taxes of some reports) are in the bill's, when it has one. */
async function oneCurrency(connection: Engine["connection"], path: string): Promise<BillCurrency> {
  const read = await connection.runAndReadAll(
    `SELECT currency, sum(${COLUMN.charges}), CAST(sum(${BILLED}) AS VARCHAR) FROM ${TABLE} GROUP BY currency ORDER BY 2 DESC, 1`,
  );
  const found = read.getRowsJson().map(([currency, rows, billed]) => ({
    currency: currency === null || currency === undefined ? null : String(currency),
    rows: Number(rows),
    billed: String(billed ?? "0"),
  }));
  const [first, second] = found.filter(({ currency }) => currency !== null);
  if (first?.currency && second === undefined) {
    const none = found.find(({ currency }) => currency === null);
    const remarks =
      none === undefined
        ? []
        : [
            `${none.rows} charge${none.rows === 1 ? " names" : "s name"} no currency, and ${none.rows === 1 ? "counts" : "count"} in the bill's: ${amountText(parseMoney(none.billed, first.currency))}.`,
          ];
    return { currency: first.currency, remarks };
  }
  const counts = found.map(
    ({ currency, rows }) =>
      `${rows} ${rows === 1 ? "charge" : "charges"} in ${currency === null ? "none" : quoted(currency)}`,
  );
  throw billFileError(
    `${path} contains ${listed(counts)}. One deployment shows one currency: put the charges of each into a file of its own.`,
    { failure: "currency" },
  );
}
