import { numberAt, type StringColumn, type UsageTypeColumns } from "@dapanoskop/core/artifacts";
import type { Month } from "@dapanoskop/core/calendar";
import { add, type Money, moneyFromNumber, zero } from "@dapanoskop/core/money";

/** What was used of one usage type in one period. */
export interface Use {
  readonly cost: Money;
  /** In the unit that the usage type tells; `null` where AWS mixes units or gives none. */
  readonly quantity: number | null;
}

/** One usage type of a workload, now and before. `null`: no such row in that period. */
export interface UsageLine {
  readonly usageType: string;
  readonly category: string;
  readonly current: Use | null;
  readonly previous: Use | null;
  readonly yearBefore: Use | null;
}

/** Which periods of the file stand for now, before, and a year before. */
export interface UsagePeriods {
  readonly current: Month;
  readonly previous: Month;
  readonly yearBefore: Month;
}

/**
 * A workload's usage types, by current cost descending, ties by name. Rows are found by dictionary codes: no text is
 * touched but those of the workload's own lines.
 */
export function usageLines(
  { data }: UsageTypeColumns,
  workload: string,
  periods: UsagePeriods,
  currency: string,
): readonly UsageLine[] {
  const wanted = data.workload.values.indexOf(workload);
  const sideOf = sidesByCode(data.period, periods);
  const lines = new Map<number, Record<Side, Use | null> & { readonly row: number }>();
  const categories = data.category.values.length;
  const { codes } = data.workload;
  // The array finds its rows itself: a loop over all of them is slow until the browser has compiled it.
  for (let row = codes.indexOf(wanted); row !== -1; row = codes.indexOf(wanted, row + 1)) {
    const side = sideOf[data.period.codes[row] ?? -1];
    if (side === undefined) continue;
    const code = (data.usage_type.codes[row] ?? 0) * categories + (data.category.codes[row] ?? 0);
    const line = lines.get(code) ?? { row, current: null, previous: null, yearBefore: null };
    const use = {
      cost: moneyFromNumber(numberAt(data.cost_usd, row) ?? 0, currency),
      quantity: numberAt(data.usage_quantity, row),
    };
    line[side] = together(line[side], use);
    lines.set(code, line);
  }
  return [...lines.values()]
    .map(({ row, ...sides }) => ({
      usageType: data.usage_type.values[data.usage_type.codes[row] ?? -1] ?? "",
      category: data.category.values[data.category.codes[row] ?? -1] ?? "",
      ...sides,
    }))
    .sort((a, b) => {
      const [left, right] = [costNow(a, currency).units, costNow(b, currency).units];
      return left === right ? (a.usageType < b.usageType ? -1 : 1) : left > right ? -1 : 1;
    });
}

/** What a line costs now: nothing where it is gone. */
export const costNow = (line: UsageLine, currency: string): Money => line.current?.cost ?? zero(currency);

export const costBefore = (line: UsageLine, currency: string): Money => line.previous?.cost ?? zero(currency);

type Side = keyof UsagePeriods;

function sidesByCode({ values }: StringColumn, periods: UsagePeriods): readonly (Side | undefined)[] {
  return values.map((period) => {
    if (period === periods.current) return "current";
    if (period === periods.previous) return "previous";
    return period === periods.yearBefore ? "yearBefore" : undefined;
  });
}

const together = (a: Use | null, b: Use): Use =>
  a === null
    ? b
    : {
        cost: add(a.cost, b.cost),
        quantity: a.quantity === null || b.quantity === null ? null : a.quantity + b.quantity,
      };
