import { daysIn, type Month, type Window } from "../calendar/index.ts";
import type { Money } from "../money/index.ts";
import type { WorkloadCost } from "./allocation.ts";
import type { ChargeTypeCost } from "./charge-types.ts";
import { type BillDays, type DayResidual, dayResiduals } from "./period-days.ts";
import { type PeriodResidual, ReconciliationError, RUN_AGAIN, reconcile, type View } from "./reconcile.ts";
import {
  type CategoryAnswer,
  rowsBehind,
  type ServiceUsage,
  type UsageTypeCategories,
  type WorkloadUsage,
} from "./usage-costs.ts";

/** What the source answered about some days of one month, in every view. */
export interface SpanBill {
  /** The month that the days lie in. */
  readonly period: Month;
  readonly window: Window;
  /** The source's own ungrouped total. */
  readonly total: Money;
  /** The cells of the source's answer that were added to `total`: its days or its months. Each may be rounded. */
  readonly totalCells: number;
  readonly workloads: readonly WorkloadCost[];
  readonly services: readonly ServiceUsage[];
  readonly usage: readonly WorkloadUsage[];
  /** The cells that `usage` was computed from: more than its rows where one answer was subtracted from another. */
  readonly usageCells: number;
  readonly usageTypes: UsageTypeCategories;
  readonly categories: readonly CategoryAnswer[];
  /** `null` where they were not queried: a month that is only compared with needs none. */
  readonly chargeTypes: readonly ChargeTypeCost[] | null;
  /** `null` where the source was asked for months only, and for a part of a month: its days are those of the month. */
  readonly days: BillDays | null;
}

/** A bill whose answers agree with each other, with the differences that are left: AWS's rounding. */
export type Proven<Bill extends SpanBill> = Bill & {
  readonly residuals: readonly PeriodResidual[];
  /** Those of single days; none where the days are not known. */
  readonly dayResiduals: readonly DayResidual[];
};

/** Ends the names of the views of a part of a month, so that its residuals differ in name from the month's. */
export type PartSuffix = "" | "_prior_partial" | "_complete_days";

/**
 * Proves that the answers about a span agree: every view sums to the source's total, in cost and on every day that is known, and the two views with
 * quantities sum to the same quantity of each usage type.
 * @throws ReconciliationError when the answers contradict each other
 */
export function proven<Bill extends SpanBill>(bill: Bill, part: PartSuffix = ""): Proven<Bill> {
  const { period, total, totalCells, workloads, services, usage, usageCells, chargeTypes } = bill;
  const view = (name: string, rows: readonly { readonly cost: Money }[], cells = rows.length) =>
    viewOf(`${name}${part}`, rows, cells);
  const residuals = reconcile(period, { ...total, cells: totalCells }, [
    view("cost_centers", workloads),
    view("usage_types", usage, usageCells),
    view("services", services),
    ...(chargeTypes === null ? [] : [view("charge_types", chargeTypes)]),
  ]);
  const others = categoryResiduals(bill, part);
  agreeOnQuantities(bill);
  const ofDays = bill.days === null ? [] : dayResiduals(bill.days, bill.window, total.currency);
  return { ...bill, residuals: [...residuals, ...others], dayResiduals: ofDays };
}

const viewOf = (view: string, rows: readonly { readonly cost: Money }[], cells = rows.length): View => ({
  view,
  sum: rows.reduce((all, { cost }) => all + cost.units, 0n),
  cells,
});

/** An answer that separates categories is a part of the bill, and must sum to the same part of the services. */
function categoryResiduals(
  { period, total, services, categories }: SpanBill,
  part: string,
): readonly PeriodResidual[] {
  return categories.flatMap((answer) => {
    const { sum: units, cells } = viewOf("services", rowsBehind(answer, services));
    return reconcile(period, { units, cells, currency: total.currency }, [
      viewOf(`categories${part}`, answer.rows),
    ]);
  });
}

/**
 * Two answers count the same usage: by workload and by service. A page that was lost may have cost nothing and still
 * have contained the terabytes of a free tier, so quantities must agree too.
 */
function agreeOnQuantities({ period, window, services, usage }: SpanBill): void {
  const byService = quantities(services);
  const byWorkload = quantities(usage);
  for (const usageType of new Set([...byService.keys(), ...byWorkload.keys()])) {
    const a = byService.has(usageType) ? byService.get(usageType) : 0n;
    const b = byWorkload.has(usageType) ? byWorkload.get(usageType) : 0n;
    if (a === null || b === null || a === undefined || b === undefined || areClose(a, b, daysIn(window)))
      continue;
    throw new ReconciliationError(
      period,
      `${period}: the workloads' and the services' quantities of ${JSON.stringify(usageType.slice(0, 80))} differ: ` +
        `${Number(b) / 1e12} against ${Number(a) / 1e12}. ${RUN_AGAIN}`,
    );
  }
}

// Per usage type; null where units are mixed or missing, so that no sum means anything.
function quantities(rows: readonly (ServiceUsage | WorkloadUsage)[]): ReadonlyMap<string, bigint | null> {
  const sums = new Map<string, bigint | null>();
  const units = new Map<string, string>();
  for (const { usageType, quantity } of rows) {
    const unit = quantity === null || quantity.unit === "N/A" ? null : quantity.unit;
    const before = sums.get(usageType);
    const same = unit !== null && (units.get(usageType) ?? unit) === unit;
    if (unit !== null) units.set(usageType, unit);
    sums.set(
      usageType,
      before === null || !same || quantity === null ? null : (before ?? 0n) + quantity.units,
    );
  }
  return sums;
}

/** One whole unit of a quantity. */
const ONE = 1_000_000_000_000n;

// AWS rounds each group of each day; a millionth is far above that and far below a page.
function areClose(a: bigint, b: bigint, days: number): boolean {
  const difference = a > b ? a - b : b - a;
  const size = (a < 0n ? -a : a) + (b < 0n ? -b : b);
  return difference * 1_000_000n <= size + BigInt(days) * ONE;
}
