import { type Month, monthOf } from "@dapanoskop/core/calendar";
import { type Allocation, type MonthLedger, rowsOf, type UsageCost } from "@dapanoskop/core/ledger";
import { isZero, moneyNumber } from "@dapanoskop/core/money";
import { quantityToNumber } from "@dapanoskop/core/usage";
import { costCenterLabel, workloadLabel } from "../labels.ts";
import type { UsageTypeColumns, WorkloadColumns } from "../parquet/columns.ts";
import { usageTypeTable, workloadTable } from "../parquet/tables.ts";

/**
 * The rows of `cost-by-workload.parquet`: each period that is known, current first, by cost descending, ties by name.
 * Places that a split emptied are no rows.
 */
export function workloadRows(month: MonthLedger): WorkloadColumns {
  const table = workloadTable();
  for (const [period, { allocation }] of sides(month)) {
    for (const { names, cost } of placed(allocation)) table.push(names[0], names[1], period, cost);
  }
  return table.columns();
}

/** The rows of `cost-by-usage-type.parquet`, likewise. What costs nothing but was used is a row too. */
export const usageTypeRows = (month: MonthLedger): UsageTypeColumns => usageRows(sides(month));

/**
 * The rows of `cost-by-usage-type-like-for-like.parquet`: the same days of the month before, under that month's name.
 * None of a closed month, or where the span is not known.
 */
export function priorPeriodToDateRows({ running }: MonthLedger): UsageTypeColumns {
  const span = running?.priorPeriodToDate ?? null;
  return usageRows(span === null ? [] : [[monthOf(span.window.start), span]]);
}

function usageRows(
  periods: readonly (readonly [Month, { readonly usage: readonly UsageCost[] }])[],
): UsageTypeColumns {
  const table = usageTypeTable();
  for (const [period, { usage }] of periods) {
    for (const { names, cost, quantity } of used(usage)) {
      table.push(names[0], names[1], names[2], period, cost, quantity);
    }
  }
  return table.columns();
}

interface Side {
  readonly allocation: Allocation;
  readonly usage: readonly UsageCost[];
}

function sides({ current, previous, yearBefore }: MonthLedger): readonly (readonly [Month, Side])[] {
  return [current, previous, yearBefore].flatMap((side) =>
    side === null ? [] : [[side.period, side] as const],
  );
}

interface Row<Names extends readonly string[]> {
  readonly names: Names;
  readonly cost: number;
}

function placed(allocation: Allocation) {
  return [...rowsOf(allocation)]
    .filter(({ cost }) => !isZero(cost))
    .map(({ costCenter, workload, cost }) => ({
      names: [costCenterLabel(costCenter).name, workloadLabel(workload).name] as const,
      cost: moneyNumber(cost),
    }))
    .sort(byCost);
}

function used(usage: readonly UsageCost[]) {
  return usage
    .map(({ workload, usageType, category, cost, quantity }) => ({
      names: [workloadLabel(workload).name, usageType, category] as const,
      cost: moneyNumber(cost),
      quantity: quantity === null || quantity.unit === "N/A" ? null : quantityToNumber(quantity),
    }))
    .sort(byCost);
}

function byCost(a: Row<readonly string[]>, b: Row<readonly string[]>): number {
  if (a.cost !== b.cost) return b.cost - a.cost;
  for (const [at, name] of a.names.entries()) {
    const other = b.names[at] ?? "";
    if (name !== other) return name < other ? -1 : 1;
  }
  return 0;
}
