import { daysIn, type Month, type Window } from "../calendar/index.ts";
import { type Money, sum } from "../money/index.ts";
import type { SplitCharge } from "../source/index.ts";
import { type ChargeTypeCost, type TaggingCoverage, taggingCoverage } from "./coverage.ts";
import { type Placements, placementsOf, rowsOf, type WorkloadCost } from "./placements.ts";
import { type PeriodResidual, ReconciliationError, RUN_AGAIN, reconcile, type View } from "./reconcile.ts";
import { split } from "./split.ts";
import { type Storage, type StorageConfig, storageOf } from "./storage.ts";
import {
  type CategoryAnswer,
  rowsBehind,
  type ServiceUsage,
  type UnknownUsage,
  type UsageCost,
  type UsageTypeCategories,
  unknownUsage,
  usageCosts,
  type WorkloadUsage,
} from "./usage-costs.ts";

/** Everything that was asked about one period. */
export interface PeriodBill {
  readonly period: Month;
  readonly window: Window;
  /** The source's own ungrouped total. */
  readonly total: Money;
  readonly estimated: boolean;
  readonly workloads: readonly WorkloadCost[];
  readonly services: readonly ServiceUsage[];
  readonly usage: readonly WorkloadUsage[];
  readonly usageTypes: UsageTypeCategories;
  readonly categories: readonly CategoryAnswer[];
  /** `null` for a period that is only compared with. */
  readonly chargeTypes: readonly ChargeTypeCost[] | null;
}

/** A period, computed: what stands where, proven against the source's total. */
export interface PeriodLedger {
  readonly period: Month;
  readonly window: Window;
  readonly currency: string;
  readonly estimated: boolean;
  /** The sum of all places; within the residuals the source's own total. */
  readonly total: Money;
  readonly sourceTotal: Money;
  /** Before any split charge. */
  readonly direct: Placements;
  readonly placements: Placements;
  readonly usage: readonly UsageCost[];
  readonly storage: Storage;
  readonly coverage: TaggingCoverage | null;
  readonly residuals: readonly PeriodResidual[];
  readonly unknown: readonly UnknownUsage[];
}

export interface LedgerConfig extends StorageConfig {
  readonly splitCharges: readonly SplitCharge[];
}

/**
 * Computes a period from what was asked about it.
 * @throws ReconciliationError when the answers contradict each other
 */
export function openLedger(bill: PeriodBill, config: LedgerConfig): PeriodLedger {
  const { period, window, total } = bill;
  const currency = total.currency;
  const direct = placementsOf(bill.workloads);
  const placements = split(direct, config.splitCharges);
  const usage = usageCosts(bill.usage, bill.usageTypes, bill.categories);
  const residuals = [...reconcile(period, total, viewsOf(bill)), ...categoryResiduals(bill)];
  agreeOnQuantities(bill);
  return {
    period,
    window,
    currency,
    estimated: bill.estimated,
    total: sum(
      [...rowsOf(placements)].map(({ cost }) => cost),
      currency,
    ),
    sourceTotal: total,
    direct,
    placements,
    usage,
    storage: storageOf(bill.services, period, window, currency, config),
    coverage: bill.chargeTypes === null ? null : taggingCoverage(placements, bill.chargeTypes, currency),
    residuals,
    unknown: unknownUsage(bill.services),
  };
}

/** Whether a period has nothing at all: no group in any answer and a total of 0. */
export function isEmpty(bill: PeriodBill): boolean {
  const { total, workloads, services, usage } = bill;
  return total.units === 0n && workloads.length + services.length + usage.length === 0;
}

function viewsOf({ workloads, services, usage, chargeTypes }: PeriodBill): readonly View[] {
  return [
    viewOf("cost_centers", workloads),
    viewOf("usage_types", usage),
    viewOf("services", services),
    ...(chargeTypes === null ? [] : [viewOf("charge_types", chargeTypes)]),
  ];
}

const viewOf = (view: string, rows: readonly { readonly cost: Money }[]): View => ({
  view,
  sum: rows.reduce((all, { cost }) => all + cost.units, 0n),
  groups: rows.length,
});

/** An answer that tells categories apart is a part of the bill, and is held against the same part of the services. */
function categoryResiduals({ period, total, services, categories }: PeriodBill): readonly PeriodResidual[] {
  return categories.flatMap((answer) => {
    const behind = viewOf("services", rowsBehind(answer, services));
    const { view, sum: cost, groups } = viewOf("categories", answer.rows);
    // Both sides are grouped, so AWS may have rounded both.
    const either = { view, sum: cost, groups: groups + behind.groups };
    return reconcile(period, { units: behind.sum, currency: total.currency }, [either]);
  });
}

/**
 * Two answers count the same usage: by workload and by service. A page that was lost may have cost nothing and still
 * have held the terabytes of a free tier, so quantities are held against each other too.
 */
function agreeOnQuantities({ period, window, services, usage }: PeriodBill): void {
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

/** One of whatever a quantity counts. */
const ONE = 1_000_000_000_000n;

// AWS rounds each group of each day; a millionth is far above that and far below a page.
function areClose(a: bigint, b: bigint, days: number): boolean {
  const difference = a > b ? a - b : b - a;
  const size = (a < 0n ? -a : a) + (b < 0n ? -b : b);
  return difference * 1_000_000n <= size + BigInt(days) * ONE;
}
