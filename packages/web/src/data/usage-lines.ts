import type { Month } from "@dapanoskop/core/calendar";
import { costNow, type PricedUse, type UsageLine } from "@dapanoskop/core/insight";
import { add, moneyFromNumber } from "@dapanoskop/core/money";
import { numberAt, type StringColumn, type UsageTypeColumns } from "@dapanoskop/dataset";

/** Rows of a published file, and which of its months stands for which side. */
export interface UsageTable {
  readonly columns: UsageTypeColumns;
  readonly sides: { readonly [Of in Side]?: Month };
}

type Side = "current" | "previous" | "yearBefore";

/**
 * A workload's usage types, by current cost descending, ties by name. Rows are found by dictionary codes: no text is
 * touched but those of the workload's own lines.
 */
export function usageLines(
  tables: readonly UsageTable[],
  workload: string,
  currency: string,
): readonly UsageLine[] {
  const lines = new Map<string, Line>();
  for (const table of tables) gather(table, workload, currency, lines);
  return [...lines.values()].sort((a, b) => {
    const [left, right] = [costNow(a, currency).units, costNow(b, currency).units];
    return left === right ? (a.usageType < b.usageType ? -1 : 1) : left > right ? -1 : 1;
  });
}

type Line = Pick<UsageLine, "usageType" | "category"> & Record<Side, PricedUse | null>;

function gather(
  { columns: { data }, sides }: UsageTable,
  workload: string,
  currency: string,
  lines: Map<string, Line>,
): void {
  const wanted = data.workload.values.indexOf(workload);
  const sideOf = sidesByCode(data.period, sides);
  const categories = data.category.values.length;
  const { codes } = data.workload;
  const known = new Map<number, Line>();
  // The array finds its rows itself: a loop over all of them is slow until the browser has compiled it.
  for (let row = codes.indexOf(wanted); row !== -1; row = codes.indexOf(wanted, row + 1)) {
    const side = sideOf[data.period.codes[row] ?? -1];
    if (side === undefined) continue;
    const [type = 0, category = 0] = [data.usage_type.codes[row], data.category.codes[row]];
    const code = type * categories + category;
    const line =
      known.get(code) ??
      lineOf(lines, data.usage_type.values[type] ?? "", data.category.values[category] ?? "");
    known.set(code, line);
    const use = {
      cost: moneyFromNumber(numberAt(data.cost_usd, row) ?? 0, currency),
      quantity: numberAt(data.usage_quantity, row),
    };
    line[side] = together(line[side], use);
  }
}

/** The line of a usage type in a category; a new one where there is none yet. */
function lineOf(lines: Map<string, Line>, usageType: string, category: string): Line {
  const key = JSON.stringify([usageType, category]);
  const line = lines.get(key) ?? { usageType, category, current: null, previous: null, yearBefore: null };
  lines.set(key, line);
  return line;
}

function sidesByCode(
  { values }: StringColumn,
  { current, previous, yearBefore }: UsageTable["sides"],
): readonly (Side | undefined)[] {
  return values.map((period) => {
    if (period === current) return "current";
    if (period === previous) return "previous";
    return period === yearBefore ? "yearBefore" : undefined;
  });
}

const together = (a: PricedUse | null, b: PricedUse): PricedUse =>
  a === null
    ? b
    : {
        cost: add(a.cost, b.cost),
        quantity: a.quantity === null || b.quantity === null ? null : a.quantity + b.quantity,
      };
