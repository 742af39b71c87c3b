import { type Day, type Month, monthOf, type Window } from "../calendar/index.ts";
import { type Money, sum } from "../money/index.ts";
import type { SplitCharge } from "../source/index.ts";
import type { PeriodLedger } from "./period-ledger.ts";
import { type Placements, placementsOf, rowsOf, type WorkloadCost } from "./placements.ts";
import { type PeriodResidual, reconcile } from "./reconcile.ts";
import { split } from "./split.ts";
import type { StorageFigures } from "./storage.ts";
import type { ServiceUsage, UsageCost } from "./usage-costs.ts";

/** A period that a month is compared with: computed in this run, or read back from published files. */
export interface Comparison {
  readonly period: Month;
  readonly total: Money;
  readonly placements: Placements;
  readonly usage: readonly UsageCost[];
  readonly storage: StorageFigures;
  readonly residuals: readonly PeriodResidual[];
}

/** The same days of the month before a running one. */
export interface PriorPartial {
  readonly window: Window;
  readonly total: Money;
  readonly placements: Placements;
  readonly storageCost: Money | null;
  readonly residuals: readonly PeriodResidual[];
}

/** Where a running month will end, by the source's own forecast of the days that remain. */
export interface Forecast {
  readonly total: Money;
  readonly remaining: Money;
  readonly start: Day;
  readonly end: Day;
}

/** A month as it is published: itself and what it is compared with. `null` is a comparison that nobody can know. */
export interface MonthLedger {
  readonly current: PeriodLedger;
  readonly previous: Comparison | null;
  readonly yearBefore: Comparison | null;
  /** Only of a running month. */
  readonly running: { readonly priorPartial: PriorPartial | null; readonly forecast: Forecast | null } | null;
}

/** The like-for-like span of a running month as it was asked. */
export interface LikeForLikeBill {
  readonly window: Window;
  /** The source's own ungrouped total. */
  readonly total: Money;
  readonly workloads: readonly WorkloadCost[];
  readonly services: readonly ServiceUsage[];
}

/**
 * The like-for-like span, from the daily answers that cover it.
 * @throws ReconciliationError when its workloads or its services do not sum to its total
 */
export function priorPartialOf(
  { window, total, workloads, services }: LikeForLikeBill,
  rules: readonly SplitCharge[],
  storageCost: Money | null,
): PriorPartial {
  const view = (name: string, rows: readonly { readonly cost: Money }[]) => ({
    view: `${name}_prior_partial`,
    sum: rows.reduce((all, { cost }) => all + cost.units, 0n),
    groups: rows.length,
  });
  const placements = split(placementsOf(workloads), rules);
  return {
    window,
    total: sum(
      [...rowsOf(placements)].map((row) => row.cost),
      total.currency,
    ),
    placements,
    storageCost,
    residuals: reconcile(monthOf(window.start), total, [
      view("cost_centers", workloads),
      view("services", services),
    ]),
  };
}
