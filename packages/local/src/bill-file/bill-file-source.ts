import {
  dayOfInstant,
  firstDay,
  type Instant,
  isRunning,
  monthOf,
  type Window,
} from "@dapanoskop/core/calendar";
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
} from "@dapanoskop/core/source";
import { answerRows } from "./answer.ts";
import { listed, quoted } from "./bill-file-error.ts";
import { type LabelTable, TABLE } from "./bill-table.ts";
import type { BillFormat, LabelName } from "./charge-columns.ts";
import { curName } from "./column-names.ts";
import { type Engine, type EngineOptions, openEngine } from "./engine.ts";
import { keysOf } from "./key-sql.ts";
import { isNamed, pairName } from "./label-names.ts";
import { type LeftOut, type LoadedBill, loadBill } from "./load-bill.ts";

/** A bill in files that can be asked, as Cost Explorer can. */
export interface BillFileSource extends BillSource {
  readonly format: BillFormat;
  /** FOCUS: "1.0", "1.2", …; CUR: "legacy" or "2.0". Several where a folder's files differ. */
  readonly versions: readonly string[];
  /** First to last day with a charge. */
  readonly window: Window;
  /** Charges that were loaded: all that the files hold of the provider. */
  readonly rows: number;
  /** The metrics that can be asked for. */
  readonly metrics: readonly CostMetric[];
  /** Charges of other providers, which no answer counts. */
  readonly leftOut: readonly LeftOut[];
  /** What a reader of the figures should know, a sentence each. */
  readonly notes: readonly string[];
  /** Lets go of the memory. Nothing can be asked afterwards. */
  close(): Promise<void>;
}

export interface BillFileOptions extends EngineOptions {
  /** Whose charges of a FOCUS bill: "AWS" unless told. */
  readonly provider?: string;
  /** The event's time: charges of its day and later are not visible, and its month is running. Without it everything is visible and closed. */
  readonly at?: Instant;
  /** The name of the cost category as the account spells it, for files that lower names: listed so instead of `cost_center`. */
  readonly costCategory?: string;
  /** The tag keys that will be asked for; a bill with many tags loads leaner without the others. All unless told. */
  readonly tagKeys?: readonly string[];
  /** The dimensions that will be asked for. Those of `DIMENSIONS` unless told. */
  readonly dimensions?: readonly Dimension[];
  /** The metrics that will be asked for, UnblendedCost always among them. All unless told. */
  readonly metrics?: readonly CostMetric[];
  /** How far back a forecast looks, in days. */
  readonly forecastHistoryDays?: number;
}

/** What most questions name. The others (zones, instance types, resources) are many values, or long ones. */
const DIMENSIONS: readonly Dimension[] = [
  "service",
  "usageType",
  "chargeType",
  "linkedAccount",
  "region",
  "operation",
];

/**
 * Opens a bill: a FOCUS, CUR or CUR 2.0 file, CSV (gzip too) or Parquet, or a folder of them. It is loaded whole, once;
 * every row of it, or an error that says which one cannot be read.
 * @throws CostSourceError
 */
export async function openBillFile(path: string, options: BillFileOptions = {}): Promise<BillFileSource> {
  const { provider = "AWS", dimensions = DIMENSIONS, metrics = costMetrics, tagKeys } = options;
  const engine = await openEngine(options);
  try {
    const bill = await loadBill(engine, path, {
      provider,
      kept: {
        dimensions: new Set(dimensions),
        metrics: new Set<CostMetric>(["UnblendedCost", ...metrics]),
        isKeptTag: tagKeys === undefined ? null : (tag) => tagKeys.some((key) => isNamed(tag, key)),
      },
    });
    await engine.seal();
    return source(engine, bill, path, { ...options, provider });
  } catch (cause) {
    await engine.close();
    throw cause;
  }
}

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
  const metrics = [...table.costs.keys()].filter((metric) => !bill.incomplete.has(metric));
  const today = at === undefined ? bill.window.end : dayOfInstant(at);
  const visible = ({ start, end }: Window): Window => ({
    start,
    end: at === undefined || end < today ? end : today,
  });

  const query = async (question: CostQuery): Promise<CostAnswer> => {
    checkQuery(question);
    const cost = metrics.includes(question.metric) ? table.costs.get(question.metric) : undefined;
    if (cost === undefined) throw unknownMetric(question, path, bill);
    const rows = await answerRows(connection, keys, question, visible(question.window), cost, currency);
    const periods = chargePeriods(question.window, question.granularity).map(({ start }) => start);
    const estimated = at === undefined ? [] : periods.filter((day) => isRunning(monthOf(day), at));
    return { rows, estimated };
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
    format: bill.format,
    versions: bill.versions,
    window: bill.window,
    rows: bill.rows,
    leftOut: bill.leftOut,
    notes: notesOf(bill, options.provider),
    metrics,
    currency,
    since: firstDay(monthOf(bill.window.start)),
    query,
    forecast: (question) => forecastByQuery({ query }, question, today, forecastHistoryDays),
    async costCategories(window) {
      return [...new Set((await labelNames(table.costCategories, window)).map(shown))];
    },
    // Neither FOCUS nor a CUR tells how costs are split; what AWS has split already stands in the category's column.
    async splitCharges(name) {
      const defined = (await definitions()).includes(name);
      return defined ? [] : null;
    },
    async tagKeys(window) {
      return [...new Set((await labelNames(table.tags, window)).map(({ name }) => name))].sort();
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

function notesOf({ leftOut, remarks, incomplete }: LoadedBill, provider: string): readonly string[] {
  const notes: string[] = [];
  if (leftOut.length > 0) {
    const others = leftOut.map(({ provider: other, rows }) => `${rows} of ${quoted(other)}`);
    notes.push(`Only charges of ${quoted(provider)} are counted; left out: ${listed(others)}.`);
  }
  notes.push(...remarks);
  for (const [metric, rows] of incomplete) {
    notes.push(`${metric} cannot be asked for: ${rows} charges lack the columns it is computed from.`);
  }
  return notes;
}

function unknownMetric(
  { metric, window }: CostQuery,
  path: string,
  { table, incomplete }: LoadedBill,
): CostSourceError {
  const lacking = incomplete.get(metric);
  if (lacking === undefined && table.told.includes(metric)) {
    return new CostSourceError("validation", window, `${path} was opened without ${metric}. Open it with.`);
  }
  const why = lacking === undefined ? "" : ` for ${lacking} of its charges`;
  const known = table.told.filter((other) => other !== metric && !incomplete.has(other));
  return new CostSourceError(
    "validation",
    window,
    `${path} does not tell ${metric}${why}. It knows ${listed(known)}: ask for ${known.length > 1 ? "one of these" : "this"}.`,
  );
}
