import { dayOfInstant, type Instant, isRunning, monthOf, type Window } from "../calendar/index.ts";
import type { Quantity } from "../usage/index.ts";
import type { Bill } from "./bill.ts";
import { type BillColumns, billColumns, compareKeys, type Range } from "./bill-columns.ts";
import { chargePeriods } from "./charge-periods.ts";
import { checkQuery } from "./check-query.ts";
import type { CostAnswer, CostQuery, CostRow, CostSource } from "./cost-source.ts";
import type { CostFilter } from "./filter.ts";
import { FORECAST_HISTORY_DAYS } from "./forecast.ts";
import { forecastByQuery } from "./forecast-by-query.ts";
import { matchesValue } from "./matching.ts";

/** A bill in memory that answers queries, with the days that only a whole bill can give. */
export interface BillSource extends CostSource {
  readonly currency: string;
  /** The tag keys on charges of the window, sorted; a tag without a value counts. */
  tagKeys(window: Window): Promise<readonly string[]>;
  /** Every cost category that is defined, with cost or without, in the bill's order. */
  costCategoryDefinitions(): Promise<readonly string[]>;
}

export interface BillSourceOptions {
  /** The event's time: charges of its day and later are not visible yet, and its month is running. */
  readonly at: Instant;
  /** How far back a forecast looks, in days: eight weeks by default. Below four weeks there is no forecast. */
  readonly forecastHistoryDays?: number;
}

/**
 * The in-memory `CostSource`: it answers by grouping the charges of a bill, as Cost Explorer does:
 * windows are cut to the day, a missing tag and an empty one are both `null`, the running month is estimated. Rows come
 * by day, then by keys, `null` first. A period without charges has no row.
 */
export function billSource(
  bill: Bill,
  { at, forecastHistoryDays = FORECAST_HISTORY_DAYS }: BillSourceOptions,
): BillSource {
  const columns = billColumns(bill);
  const today = dayOfInstant(at);
  const visible = ({ start, end }: Window) => columns.rangeOf(start, end < today ? end : today);

  const query = async (query: CostQuery): Promise<CostAnswer> => {
    checkQuery(query);
    const periods = chargePeriods(query.window, query.granularity);
    const passes = maskOf(columns, query.filter, visible(query.window));
    const rows = periods.flatMap((period) => rowsOf(columns, query, passes, period, visible(period)));
    const estimated = periods.map(({ start }) => start).filter((day) => isRunning(monthOf(day), at));
    return { rows, estimated };
  };

  return {
    currency: bill.currency,
    query,
    forecast: (forecastQuery) => forecastByQuery({ query }, forecastQuery, today, forecastHistoryDays),
    async costCategories(window) {
      const found = namesIn(columns, visible(window), "costCategories", (value) => value !== "");
      const defined = bill.costCategories.map(({ name }) => name).filter((name) => found.has(name));
      const others = [...found].filter((name) => !defined.includes(name));
      return [...defined, ...others.sort(compareKeys)];
    },
    async splitCharges(costCategory) {
      return bill.costCategories.find(({ name }) => name === costCategory)?.splitCharges ?? null;
    },
    async tagKeys(window) {
      return [...namesIn(columns, visible(window), "tags", () => true)].sort(compareKeys);
    },
    async costCategoryDefinitions() {
      return bill.costCategories.map(({ name }) => name);
    },
  };
}

/** The rows of one charge period, sorted by their keys. */
function rowsOf(
  columns: BillColumns,
  { metric, groupBy }: CostQuery,
  passes: Mask | null,
  period: Window,
  range: Range,
): readonly CostRow[] {
  const [first, second] = groupBy.map((grouping) => columns.keys(grouping));
  const width = second?.values.length ?? 1;
  const costs = columns.costs(metric);
  const { amounts, unitCodes, units } = columns.quantities();

  // A group is the number of its key pair: codes are ranked, so these numbers sort as the keys do.
  const slots = new Map<number, number>();
  const costSums: bigint[] = [];
  const quantitySums: bigint[] = [];
  const groupUnits: number[] = [];
  for (let at = range.from; at < range.to; at += 1) {
    if (passes !== null && passes.bits[at - passes.from] === 0) continue;
    const group = (first?.codes[at] ?? 0) * width + (second?.codes[at] ?? 0);
    let slot = slots.get(group);
    if (slot === undefined) {
      slot = costSums.length;
      slots.set(group, slot);
      costSums.push(0n);
      quantitySums.push(0n);
      groupUnits.push(NO_UNIT);
    }
    costSums[slot] = (costSums[slot] ?? 0n) + (costs[at] ?? 0n);
    const unit = unitCodes[at] ?? NO_UNIT;
    if (unit === NO_UNIT) continue;
    quantitySums[slot] = (quantitySums[slot] ?? 0n) + (amounts[at] ?? 0n);
    const before = groupUnits[slot] ?? NO_UNIT;
    groupUnits[slot] = before === NO_UNIT || before === unit ? unit : MIXED_UNITS;
  }

  return [...slots.keys()]
    .sort((a, b) => a - b)
    .map((group) => {
      const slot = slots.get(group) ?? 0;
      const keys = [];
      if (first !== undefined) keys.push(first.values[Math.floor(group / width)] ?? null);
      if (second !== undefined) keys.push(second.values[group % width] ?? null);
      return {
        day: period.start,
        keys,
        cost: { units: costSums[slot] ?? 0n, currency: columns.currency },
        quantity: quantityOf(quantitySums[slot] ?? 0n, groupUnits[slot] ?? NO_UNIT, units),
      };
    });
}

const NO_UNIT = -1;
const MIXED_UNITS = -2;

function quantityOf(amount: bigint, unit: number, units: readonly string[]): Quantity | null {
  if (unit === NO_UNIT) return null;
  return { units: amount, unit: unit === MIXED_UNITS ? "N/A" : (units[unit] ?? "N/A") };
}

/** Which charges from `from` on pass a filter: 1 or 0 each. */
interface Mask {
  readonly from: number;
  readonly bits: Uint8Array;
}

function maskOf(columns: BillColumns, filter: CostFilter | undefined, range: Range): Mask | null {
  return filter === undefined ? null : { from: range.from, bits: mask(columns, filter, range) };
}

/** A value is tested once, however many charges carry it. */
function mask(columns: BillColumns, filter: CostFilter, range: Range): Uint8Array {
  const size = range.to - range.from;
  if ("and" in filter) {
    const all = new Uint8Array(size).fill(1);
    for (const part of filter.and) {
      const passes = mask(columns, part, range);
      for (let at = 0; at < size; at += 1) all[at] = (all[at] ?? 0) & (passes[at] ?? 0);
    }
    return all;
  }
  if ("or" in filter) {
    const any = new Uint8Array(size);
    for (const part of filter.or) {
      const passes = mask(columns, part, range);
      for (let at = 0; at < size; at += 1) any[at] = (any[at] ?? 0) | (passes[at] ?? 0);
    }
    return any;
  }
  if ("not" in filter) return mask(columns, filter.not, range).map((passes) => 1 - passes);
  const { codes, values } = columns.keys(filter.of);
  const tested = Uint8Array.from(values, (value) => (matchesValue(filter, value) ? 1 : 0));
  const passes = new Uint8Array(size);
  for (let at = 0; at < size; at += 1) passes[at] = tested[codes[range.from + at] ?? 0] ?? 0;
  return passes;
}

function namesIn(
  { charges }: BillColumns,
  { from, to }: Range,
  of: "tags" | "costCategories",
  counts: (value: string) => boolean,
): ReadonlySet<string> {
  const names = new Set<string>();
  for (let at = from; at < to; at += 1) {
    for (const [name, value] of charges[at]?.[of] ?? []) if (counts(value)) names.add(name);
  }
  return names;
}
