import { type Month, monthOf } from "@dapanoskop/core/calendar";
import {
  type Allocation,
  allocationsByDay,
  isComplete,
  type MonthLedger,
  rowsOf,
  type UsageCost,
} from "@dapanoskop/core/ledger";
import { isZero, moneyNumber } from "@dapanoskop/core/money";
import { categorise, quantityToNumber } from "@dapanoskop/core/usage";
import { costCenterLabel, workloadLabel } from "../labels.ts";
import type { DayColumns, ServiceColumns, UsageTypeColumns, WorkloadColumns } from "../parquet/columns.ts";
import { DayTable, ServiceTable, usageTypeTable, workloadTable } from "../parquet/tables.ts";

/**
 * The rows of `cost-by-workload.parquet`: each period that is known, current first, by cost descending, ties by name.
 * Places without cost are left out.
 */
export function workloadRows(month: MonthLedger): WorkloadColumns {
  const table = workloadTable();
  for (const [period, { allocation }] of knownPeriods(month)) {
    for (const { names, cost } of sortedPlaces(allocation)) table.push(names[0], names[1], period, cost);
  }
  return table.columns();
}

/** The rows of `cost-by-usage-type.parquet`, likewise. Usage without cost is a row, too. */
export const usageTypeRows = (month: MonthLedger): UsageTypeColumns => usageRows(knownPeriods(month));

/**
 * The rows of `cost-by-usage-type-like-for-like.parquet`: the complete days of a running month, where they are not all of
 * its days so far, and the same days of the month before, each under its month's name. No rows for a closed month, or
 * where these days are unknown.
 */
export function priorPeriodToDateRows({ current, running }: MonthLedger): UsageTypeColumns {
  const completeDays = isComplete(current) ? null : running?.completeDays;
  return usageRows(
    [completeDays, running?.priorPeriodToDate].flatMap((span) =>
      span ? [[monthOf(span.window.start), span] as const] : [],
    ),
  );
}

function usageRows(
  periods: readonly (readonly [Month, { readonly usage: readonly UsageCost[] }])[],
): UsageTypeColumns {
  const table = usageTypeTable();
  for (const [period, { usage }] of periods) {
    for (const { names, cost, quantity } of sortedUsage(usage)) {
      table.push(names[0], names[1], names[2], period, cost, quantity);
    }
  }
  return table.columns();
}

/** The rows of `cost-by-day.parquet`: day by day, each by cost descending, ties by name. Places without cost are left out. */
export function dayRows({ current: { days } }: MonthLedger): DayColumns {
  const table = new DayTable();
  for (const [day, allocation] of days === null ? [] : allocationsByDay(days)) {
    for (const { names, cost } of sortedPlaces(allocation)) table.push(day, names[0], names[1], cost);
  }
  return table.columns();
}

/** The rows of `cost-by-service.parquet`, likewise. Usage without cost is a row, too. */
export function serviceRows({ current: { days } }: MonthLedger): ServiceColumns {
  const table = new ServiceTable();
  const rows = (days?.services ?? []).map(({ day, service, usageType, cost, quantity }) => {
    const known = quantity === null || quantity.unit === "N/A" ? null : quantity;
    return {
      day,
      names: [service, usageType] as const,
      cost: moneyNumber(cost),
      quantity: known && quantityToNumber(known),
      unit: known?.unit ?? "",
    };
  });
  rows.sort((a, b) => (a.day === b.day ? byCost(a, b) : a.day < b.day ? -1 : 1));
  for (const { day, names, ...own } of rows) {
    const [service, usageType] = names;
    table.push({ date: day, service, usageType, category: categorise(service, usageType).category, ...own });
  }
  return table.columns();
}

interface PeriodCosts {
  readonly allocation: Allocation;
  readonly usage: readonly UsageCost[];
}

function knownPeriods({
  current,
  previous,
  yearBefore,
}: MonthLedger): readonly (readonly [Month, PeriodCosts])[] {
  return [current, previous, yearBefore].flatMap((costs) =>
    costs === null ? [] : [[costs.period, costs] as const],
  );
}

interface NamedCost<Names extends readonly string[]> {
  readonly names: Names;
  readonly cost: number;
}

function sortedPlaces(allocation: Allocation) {
  return [...rowsOf(allocation)]
    .filter(({ cost }) => !isZero(cost))
    .map(({ costCenter, workload, cost }) => ({
      names: [costCenterLabel(costCenter).name, workloadLabel(workload).name] as const,
      cost: moneyNumber(cost),
    }))
    .sort(byCost);
}

function sortedUsage(usage: readonly UsageCost[]) {
  return usage
    .map(({ workload, usageType, category, cost, quantity }) => ({
      names: [workloadLabel(workload).name, usageType, category] as const,
      cost: moneyNumber(cost),
      quantity: quantity === null || quantity.unit === "N/A" ? null : quantityToNumber(quantity),
    }))
    .sort(byCost);
}

function byCost(a: NamedCost<readonly string[]>, b: NamedCost<readonly string[]>): number {
  if (a.cost !== b.cost) return b.cost - a.cost;
  for (const [at, name] of a.names.entries()) {
    const other = b.names[at] ?? "";
    if (name !== other) return name < other ? -1 : 1;
  }
  return 0;
}
