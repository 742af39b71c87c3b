import {
  dayOfInstant,
  type Instant,
  isRunning,
  type Month,
  monthOf,
  type Window,
} from "@dapanoskop/core/calendar";
import { add, type Money, zero } from "@dapanoskop/core/money";
import {
  type BillSource,
  type CostAnswer,
  type CostMetric,
  type CostQuery,
  CostSourceError,
  chargePeriods,
  checkQuery,
  costMetrics,
  type Dimension,
  FORECAST_HISTORY_DAYS,
  forecastByQuery,
  type SourceKind,
} from "@dapanoskop/core/source";
import type { ObjectReader } from "@dapanoskop/core/store";
import { listed, quoted } from "@dapanoskop/core/text";
import { answerRows } from "./answer.ts";
import { amountText } from "./bill-file-error.ts";
import type { BillPlace } from "./bill-place.ts";
import { type LabelTable, TABLE } from "./bill-table.ts";
import { coveredMonths, monthNotes } from "./billed-months.ts";
import type { BillFormat, LabelName } from "./charge-columns.ts";
import { curName } from "./column-names.ts";
import { copiedObjects } from "./copied-objects.ts";
import { emptyCellsError, emptyCellsOf, emptyCellsText } from "./empty-cells.ts";
import { type Engine, type EngineOptions, openEngine } from "./engine.ts";
import { localBill } from "./find-bill-files.ts";
import { keysOf } from "./key-sql.ts";
import { isNamed, pairName } from "./label-names.ts";
import { type LeftOut, type LoadedBill, loadBill } from "./load-bill.ts";

/** A bill in files that answers the queries of Cost Explorer. */
export interface BillFileSource extends BillSource {
  readonly format: BillFormat;
  /** FOCUS: "1.0", "1.2", …; CUR: "legacy" or "2.0". Several where a folder's files differ. */
  readonly versions: readonly string[];
  /** First to last day with a charge. */
  readonly window: Window;
  /** Charges that were read: all charges of the provider. */
  readonly rows: number;
  /** The metrics that can be queried, of months in which no charge lacks them. */
  readonly metrics: readonly CostMetric[];
  /** Charges of other providers, which no answer counts. */
  readonly leftOut: readonly LeftOut[];
  /** What limits the figures, a sentence each. */
  readonly notes: readonly string[];
  /** Frees the memory and temporary files. No query is possible afterwards. */
  close(): Promise<void>;
}

export interface BillFileOptions extends EngineOptions {
  /** The provider of the charges in a FOCUS bill that are counted. Default "AWS". */
  readonly provider?: string;
  /** The event's time: charges of its day and later are not visible, and its month is running. Without it everything is visible and closed. */
  readonly at?: Instant;
  /** The name of the cost category as the account spells it, for files that lower names: listed so instead of `cost_center`. */
  readonly costCategory?: string;
  /**
   * The tag keys that will be queried; a bill with many tags takes less memory without the others. `tagKeys` of the source
   * reads the bill again for them. Default: all.
   */
  readonly tagKeys?: readonly string[];
  /** The dimensions that will be queried. Default: those of `DIMENSIONS`. */
  readonly dimensions?: readonly Dimension[];
  /** The metrics that will be queried, besides UnblendedCost. Default: all. */
  readonly metrics?: readonly CostMetric[];
  /** How many past days a forecast uses. */
  readonly forecastHistoryDays?: number;
}

const DEFAULT_PROVIDER = "AWS";

/** The dimensions of most queries. The others (zones, instance types, resources) have many values, or long ones. */
const DIMENSIONS: readonly Dimension[] = [
  "service",
  "usageType",
  "chargeType",
  "linkedAccount",
  "region",
  "operation",
];

/**
 * Opens a bill: a FOCUS, CUR or CUR 2.0 file, CSV (gzip too) or Parquet, or a folder of them. It is loaded once, with
 * every row, or an error names the one that cannot be read.
 * @throws CostSourceError
 */
export async function openBillFile(path: string, options: BillFileOptions = {}): Promise<BillFileSource> {
  return openBill(localBill(path), options);
}

/**
 * Opens the bill in objects of a bucket, as `openBillFile` opens a folder. The objects of the newest delivery are copied to
 * a temporary folder, which `close` removes.
 * @throws CostSourceError, and StoreError when the bucket cannot be read
 */
export async function openBillObjects(
  objects: ObjectReader,
  options: BillFileOptions = {},
): Promise<BillFileSource> {
  const copies = await copiedObjects(objects, options.provider ?? DEFAULT_PROVIDER);
  try {
    const source = await openBill(copies, options);
    return { ...source, close: () => source.close().finally(copies.remove) };
  } catch (cause) {
    await copies.remove();
    throw cause;
  }
}

async function openBill(place: BillPlace, options: BillFileOptions): Promise<BillFileSource> {
  const { provider = DEFAULT_PROVIDER, dimensions = DIMENSIONS, metrics = costMetrics, tagKeys } = options;
  const engine = await openEngine(options);
  try {
    const bill = await loadBill(engine, place, {
      provider,
      kept: {
        dimensions: new Set(dimensions),
        metrics: new Set<CostMetric>(["UnblendedCost", ...metrics]),
        isKeptTag: tagKeys === undefined ? null : (tag) => tagKeys.some((key) => isNamed(tag, key)),
      },
    });
    await engine.seal();
    const loaded = source(engine, bill, place.name, { ...options, provider });
    if (tagKeys === undefined) return loaded;
    return { ...loaded, tagKeys: (window) => allTagKeys(place, options, window) };
  } catch (cause) {
    await engine.close();
    throw cause;
  }
}

/** The tag keys of a bill that was loaded with some of its tags: it is read again for the others. */
async function allTagKeys(
  place: BillPlace,
  { tagKeys: _, ...options }: BillFileOptions,
  window: Window,
): Promise<readonly string[]> {
  const all = await openBill(place, { ...options, dimensions: [], metrics: [] });
  return all.tagKeys(window).finally(() => all.close());
}

/** What is published of a bill's format: its kind, and whose charges it has. Only FOCUS has several providers. */
const DESCRIPTION: Readonly<
  Record<BillFormat, (provider: string) => { readonly kind: SourceKind; readonly provider: string }>
> = {
  FOCUS: (provider) => ({ kind: "FOCUS", provider }),
  CUR: () => ({ kind: "CUR", provider: "AWS" }),
  "CUR 2.0": () => ({ kind: "CUR", provider: "AWS" }),
};

function source(
  engine: Engine,
  bill: LoadedBill,
  path: string,
  options: BillFileOptions & { readonly provider: string },
): BillFileSource {
  const { at, costCategory, forecastHistoryDays = FORECAST_HISTORY_DAYS } = options;
  const { table, currency } = bill;
  const { connection } = engine;
  const keys = keysOf(connection, table);
  const metrics = [...table.costs.keys()];
  const covered = coveredMonths(bill.months);
  const today = at === undefined ? bill.window.end : dayOfInstant(at);
  const visible = ({ start, end }: Window): Window => ({
    start,
    end: at === undefined || end < today ? end : today,
  });

  const query = async (costQuery: CostQuery): Promise<CostAnswer> => {
    checkQuery(costQuery);
    const { metric, window } = costQuery;
    const cost = table.costs.get(metric);
    if (cost === undefined) throw missingMetric(costQuery, path, bill);
    if (bill.emptyCells.some((cells) => cells.metric === metric)) await checkCells(metric, cost, window);
    const rows = await engine.withinMemory(() =>
      answerRows(connection, keys, costQuery, visible(window), cost, currency),
    );
    const periods = chargePeriods(costQuery.window, costQuery.granularity).map(({ start }) => start);
    const isEstimated = (month: Month) =>
      (at !== undefined && isRunning(month, at)) || bill.openMonths.has(month);
    const estimated = periods.filter((day) => isEstimated(monthOf(day)));
    return { rows, estimated };
  };

  const checkCells = async (metric: CostMetric, cost: string, window: Window) => {
    const costs = new Map([[metric, cost]]);
    const cells = await emptyCellsOf(connection, { costs }, currency, visible(window));
    if (cells.length === 0) return;
    const complete = metrics.filter((other) => !bill.emptyCells.some((empty) => empty.metric === other));
    throw emptyCellsError(cells, window, complete);
  };

  const labelNames = async (labels: LabelTable, window: Window): Promise<readonly LabelName[]> => {
    const inColumns = await namesInColumns(connection, labels, visible(window));
    const inPairs = await namesInPairs(connection, labels, visible(window));
    return [...inColumns, ...inPairs];
  };
  const shown = ({ name, isLowered }: LabelName) =>
    isLowered && costCategory !== undefined && curName(costCategory) === name ? costCategory : name;
  const definitions = async () => {
    const inPairs = (await keys.pairKeys(table.costCategories)).map((key) =>
      pairName(key, table.costCategories.arePairsLowered),
    );
    return [...new Set([...table.costCategories.columns, ...inPairs].map(shown))];
  };

  return {
    ...DESCRIPTION[bill.format](options.provider),
    format: bill.format,
    versions: bill.versions,
    window: bill.window,
    hasAllDays: true,
    rows: bill.rows,
    leftOut: bill.leftOut,
    notes: notesOf(bill, options.provider),
    metrics,
    currency,
    covers: (month) => covered.has(month),
    query,
    forecast: (forecast) => forecastByQuery({ query }, forecast, today, forecastHistoryDays),
    async costCategories(window) {
      return [...new Set((await labelNames(table.costCategories, window)).map(shown))];
    },
    // Neither FOCUS nor a CUR contains split charge rules; the category's column contains what AWS has split already.
    async splitCharges(name) {
      const defined = (await definitions()).includes(name);
      return defined ? [] : null;
    },
    async tagKeys(window) {
      const names = await labelNames(table.tags, window);
      return [...new Set(names.map(({ name }) => name))].sort();
    },
    costCategoryDefinitions: definitions,
    close: () => engine.close(),
  };
}

/** The labels that have a value in the window, in the files' order of columns. */
async function namesInColumns(
  connection: Engine["connection"],
  { columns }: LabelTable,
  window: Window,
): Promise<readonly LabelName[]> {
  if (columns.length === 0 || window.start >= window.end) return [];
  const read = await connection.runAndReadAll(
    `SELECT ${columns.map(({ column }) => `count(nullif(${column}, ''))`).join(", ")} FROM ${TABLE} ${IN_WINDOW}`,
    [window.start, window.end],
  );
  const counts = read.getRowsJson()[0] ?? [];
  return columns.filter((_, at) => Number(counts[at]) > 0);
}

/** The keys of maps that have a value in the window, sorted. */
async function namesInPairs(
  connection: Engine["connection"],
  { pairs, arePairsLowered }: LabelTable,
  window: Window,
): Promise<readonly LabelName[]> {
  if (pairs === null || window.start >= window.end) return [];
  const read = await connection.runAndReadAll(
    `SELECT DISTINCT entry.key FROM (
       SELECT unnest(map_entries(pairs)) AS entry FROM (SELECT DISTINCT ${pairs} AS pairs FROM ${TABLE} ${IN_WINDOW}))
     WHERE entry.value <> '' ORDER BY 1`,
    [window.start, window.end],
  );
  return read.getRowsJson().map(([key]) => pairName(String(key), arePairsLowered));
}

const IN_WINDOW = "WHERE day >= CAST(? AS DATE) AND day < CAST(? AS DATE)";

function notesOf(bill: LoadedBill, provider: string): readonly string[] {
  const { leftOut, remarks, emptyCells, months } = bill;
  return [
    ...(leftOut.length > 0 ? [leftOutNote(leftOut, provider)] : []),
    ...remarks,
    ...monthNotes(months),
    ...emptyCells.map(emptyCellsText),
  ];
}

function leftOutNote(leftOut: readonly LeftOut[], provider: string): string {
  const others = leftOut.map(
    ({ provider: other, rows, billed }) => `${rows} of ${quoted(other)} (${listed(billed.map(amountText))})`,
  );
  const rows = leftOut.reduce((total, other) => total + other.rows, 0);
  const charges = rows === 1 ? "charge" : "charges";
  const totals = new Map<string, Money>();
  for (const amount of leftOut.flatMap(({ billed }) => billed)) {
    totals.set(amount.currency, add(totals.get(amount.currency) ?? zero(amount.currency), amount));
  }
  const billed = listed([...totals.values()].map(amountText));
  return `Only what ${quoted(provider)} provides or invoices is counted; left out: ${rows} ${charges}, ${billed}: ${listed(others)}.`;
}

function missingMetric({ metric, window }: CostQuery, path: string, { table }: LoadedBill): CostSourceError {
  const { metricsOfFiles } = table;
  if (metricsOfFiles.includes(metric)) {
    return new CostSourceError(
      "validation",
      window,
      `${path} was opened without ${metric}. Open it with this metric.`,
    );
  }
  return new CostSourceError(
    "validation",
    window,
    `${path} does not contain ${metric}. It contains ${listed(metricsOfFiles)}: use ${metricsOfFiles.length > 1 ? "one of these" : "this"}.`,
  );
}
