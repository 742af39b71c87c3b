import type { WorkloadUsage } from "@dapanoskop/core/ledger";
import { subtract, zero } from "@dapanoskop/core/money";

/**
 * The usage rows of a month less those of its rest: the rows of the days before the rest. A row that the rest uses up is
 * left out.
 */
export function usageWithout(
  whole: readonly WorkloadUsage[],
  rest: readonly WorkloadUsage[],
): readonly WorkloadUsage[] {
  const left = new Map<string, WorkloadUsage>(whole.map((row) => [keyOf(row), row]));
  for (const row of rest) {
    const before = left.get(keyOf(row)) ?? nothingOf(row);
    left.set(keyOf(row), without(before, row));
  }
  const rested = new Set(rest.map(keyOf));
  // A row of the rest that the whole lacks stays, below 0: the proof of the answers finds it.
  return [...left].flatMap(([key, row]) => (rested.has(key) && isNothing(row) ? [] : [row]));
}

const keyOf = ({ workload, usageType }: WorkloadUsage) => JSON.stringify([workload, usageType]);

const nothingOf = (row: WorkloadUsage): WorkloadUsage => ({
  ...row,
  cost: zero(row.cost.currency),
  quantity: row.quantity && { ...row.quantity, units: 0n },
});

const isNothing = ({ cost, quantity }: WorkloadUsage) =>
  cost.units === 0n && (quantity === null || quantity.units === 0n);

// Units that differ show that the row was a mix: then what is left is unknown.
function without(row: WorkloadUsage, rest: WorkloadUsage): WorkloadUsage {
  const isSameUnit = row.quantity !== null && row.quantity.unit === rest.quantity?.unit;
  return {
    ...row,
    cost: subtract(row.cost, rest.cost),
    quantity: isSameUnit
      ? { units: row.quantity.units - (rest.quantity?.units ?? 0n), unit: row.quantity.unit }
      : null,
  };
}
