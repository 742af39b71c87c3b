import { addDays, type Day } from "../calendar/index.ts";
import type { Bill, Charge } from "./bill.ts";
import type { CostMetric } from "./cost-source.ts";
import { CostSourceError } from "./errors.ts";
import type { Grouping } from "./grouping.ts";

/**
 * One key of every charge, interned: `codes[i]` is the index of charge `i`'s key in `values`. The values are sorted
 * (`null` first, then by UTF-16 unit), so that codes sort as their keys do.
 */
export interface KeyColumn {
  readonly codes: Int32Array;
  readonly values: readonly (string | null)[];
}

/** The quantities of every charge: `unitCodes[i]` is the index of the unit in `units`, -1 where there is no quantity. */
export interface QuantityColumn {
  readonly amounts: readonly bigint[];
  readonly unitCodes: Int32Array;
  readonly units: readonly string[];
}

/** The positions of some charges in the columns: `[from, to)`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * A bill by columns, charges in the order of their days. A column is built when a query first needs it: a bill
 * that answers twenty queries is read once for each key, not once for each query.
 */
export interface BillColumns {
  readonly currency: string;
  /** The positions of the charges from `start` on and before `end`. */
  rangeOf(start: Day, end: Day): Range;
  keys(grouping: Grouping): KeyColumn;
  /** @throws CostSourceError `currency`, when a charge is in another currency than its bill */
  costs(metric: CostMetric): readonly bigint[];
  quantities(): QuantityColumn;
  /** The charges themselves, in the columns' order. */
  readonly charges: readonly Charge[];
}

export function billColumns(bill: Bill): BillColumns {
  const charges = sortedByDay(bill.charges);
  const { days, starts } = dayIndex(charges);
  const keyColumns = new Map<string, KeyColumn>();
  const costColumns = new Map<CostMetric, readonly bigint[]>();
  let quantityColumn: QuantityColumn | null = null;

  const position = (day: Day) => starts[lowerBound(days, day)] ?? charges.length;
  return {
    currency: bill.currency,
    charges,
    rangeOf: (start, end) => ({ from: position(start), to: Math.max(position(start), position(end)) }),
    keys(grouping) {
      const name = columnName(grouping);
      const known = keyColumns.get(name);
      if (known !== undefined) return known;
      const column = keyColumn(charges, keyReader(grouping));
      keyColumns.set(name, column);
      return column;
    },
    costs(metric) {
      const known = costColumns.get(metric);
      if (known !== undefined) return known;
      const column = costColumn(charges, metric, bill.currency);
      costColumns.set(metric, column);
      return column;
    },
    quantities() {
      quantityColumn ??= quantitiesOf(charges);
      return quantityColumn;
    },
  };
}

/** Reads a charge's key. An empty tag or category value reads as none: Cost Explorer reports both as `App$`. */
function keyReader(grouping: Grouping): (charge: Charge) => string | null {
  switch (grouping.by) {
    case "tag":
      return ({ tags }) => tags.get(grouping.key) || null;
    case "costCategory":
      return ({ costCategories }) => costCategories.get(grouping.name) || null;
    case "service":
    case "usageType":
    case "chargeType": {
      const { by } = grouping;
      return (charge) => charge[by];
    }
    default: {
      const { by } = grouping;
      return ({ dimensions }) => dimensions[by] ?? null;
    }
  }
}

function columnName(grouping: Grouping): string {
  if (grouping.by === "tag") return `tag:${grouping.key}`;
  if (grouping.by === "costCategory") return `category:${grouping.name}`;
  return grouping.by;
}

function keyColumn(charges: readonly Charge[], keyOf: (charge: Charge) => string | null): KeyColumn {
  const seen = new Map<string | null, number>();
  const codes = new Int32Array(charges.length);
  charges.forEach((charge, at) => {
    const key = keyOf(charge);
    let code = seen.get(key);
    if (code === undefined) {
      code = seen.size;
      seen.set(key, code);
    }
    codes[at] = code;
  });
  const values = [...seen.keys()].sort(compareKeys);
  const rank = new Int32Array(values.length);
  values.forEach((value, at) => {
    rank[seen.get(value) ?? 0] = at;
  });
  for (let at = 0; at < codes.length; at += 1) codes[at] = rank[codes[at] ?? 0] ?? 0;
  return { codes, values };
}

/** The order of keys in an answer: none first, then by UTF-16 unit, the same on every machine. */
export function compareKeys(a: string | null, b: string | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

function costColumn(charges: readonly Charge[], metric: CostMetric, currency: string): readonly bigint[] {
  return charges.map((charge) => {
    const cost = charge.costs?.[metric] ?? charge.cost;
    if (cost.currency !== currency) {
      throw new CostSourceError(
        "currency",
        { start: charge.day, end: addDays(charge.day, 1) },
        `A charge of ${charge.day} is in ${cost.currency}, the bill in ${currency}. One deployment shows one currency: leave the other charges out.`,
      );
    }
    return cost.units;
  });
}

function quantitiesOf(charges: readonly Charge[]): QuantityColumn {
  const seen = new Map<string, number>();
  const unitCodes = new Int32Array(charges.length);
  const amounts = charges.map(({ quantity }, at) => {
    if (quantity === null) {
      unitCodes[at] = -1;
      return 0n;
    }
    let code = seen.get(quantity.unit);
    if (code === undefined) {
      code = seen.size;
      seen.set(quantity.unit, code);
    }
    unitCodes[at] = code;
    return quantity.units;
  });
  return { amounts, unitCodes, units: [...seen.keys()] };
}

/** Stable: charges of one day keep the bill's order. A bill that is sorted already is not copied. */
function sortedByDay(charges: readonly Charge[]): readonly Charge[] {
  const sorted = charges.every((charge, at) => at === 0 || (charges[at - 1]?.day ?? "") <= charge.day);
  return sorted ? charges : [...charges].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

function dayIndex(charges: readonly Charge[]): { days: readonly Day[]; starts: readonly number[] } {
  const days: Day[] = [];
  const starts: number[] = [];
  charges.forEach(({ day }, at) => {
    if (days.at(-1) === day) return;
    days.push(day);
    starts.push(at);
  });
  return { days, starts };
}

/** The position of the first day that is not before `day`. */
function lowerBound(days: readonly Day[], day: Day): number {
  let from = 0;
  let to = days.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((days[middle] ?? "") < day) from = middle + 1;
    else to = middle;
  }
  return from;
}
