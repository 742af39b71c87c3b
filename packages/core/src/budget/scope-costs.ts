import { type Month, monthOf } from "../calendar/index.ts";
import type { DailyFigures } from "../daily/index.ts";
import { isZero, type Money, moneyFromNumber, sum } from "../money/index.ts";
import type { BudgetScope } from "./budget.ts";
import type { BudgetFigures, MonthCosts } from "./budget-figures.ts";

/** A cost that is not known, and why: a sentence. */
export interface UnknownCost {
  readonly unknown: string;
}

/** What a scope cost in a published month. */
export interface ScopeCost {
  readonly cost: Money;
  /** Whether any charge of the month is in it. */
  readonly hasCharges: boolean;
}

/** What a scope cost in a month: everything that the source has of it. */
export function scopeCost(
  scope: BudgetScope,
  month: MonthCosts,
  daily: BudgetFigures["daily"],
): ScopeCost | UnknownCost {
  switch (scope.kind) {
    case "everything":
      return { cost: month.total, hasCharges: true };
    case "cost-center": {
      const center = month.costCenters.find(({ name }) => name === scope.name);
      return center === undefined
        ? { cost: { units: 0n, currency: month.currency }, hasCharges: false }
        : { cost: center.cost, hasCharges: center.hasCharges };
    }
    case "workload": {
      const costs = workloadCosts(month, scope.name);
      return {
        cost: sum(costs, month.currency),
        hasCharges: costs.some((cost) => !isZero(cost)),
      };
    }
    case "service":
      return serviceCost(scope.name, month.month, daily);
  }
}

/** A workload may have charges in several cost centers. */
const workloadCosts = ({ costCenters }: MonthCosts, workload: string): readonly Money[] =>
  costCenters.flatMap(({ workloads }) =>
    workloads.filter(({ name }) => name === workload).map(({ cost }) => cost),
  );

/** Months are published without their services: these are known by day, of the newest 90 days. */
function serviceCost(name: string, month: Month, daily: BudgetFigures["daily"]): ScopeCost | UnknownCost {
  const [first] = daily?.days ?? [];
  if (daily === null || first === undefined) return { unknown: NO_DAYS };
  const isPublished = daily.history.some((one) => one.month === month);
  if (!isPublished || first > `${month}-01`) {
    return { unknown: `The published days do not contain all of ${month}, and services are known by day.` };
  }
  const series = daily.services.find((service) => service.name === name)?.costs ?? [];
  const costs = daily.days.flatMap((day, at) => (monthOf(day) === month ? [series[at]] : []));
  if (series.length === 0) return { cost: { units: 0n, currency: daily.currency }, hasCharges: false };
  const known = costs.flatMap((cost) =>
    cost === null || cost === undefined ? [] : [moneyFromNumber(cost, daily.currency)],
  );
  if (known.length < costs.length) {
    return { unknown: `Some days of ${month} are not known, and services are known by day.` };
  }
  return { cost: sum(known, daily.currency), hasCharges: known.some((cost) => !isZero(cost)) };
}

export const NO_DAYS = "No days are published. Collect the bill again: dapanoskop collect.";

/**
 * The published days with the costs of a scope as their total, for its forecast; `null` where the days of the scope are not
 * published: of workloads only the largest are.
 * @param month the newest published month, which says where a workload has charges
 */
export function scopeDays(scope: BudgetScope, daily: DailyFigures, month: MonthCosts): DailyFigures | null {
  if (scope.kind === "everything") return daily;
  const series = seriesOfScope(scope, daily, month);
  if (series.length === 0) return null;
  const total = daily.days.map((_, at) => {
    const costs = series.map((costs) => costs[at] ?? null);
    if (costs.includes(null)) return null;
    // An estimate needs no exact sum; twelve decimals make it a published number again.
    return Number(costs.reduce<number>((all, cost) => all + (cost ?? 0), 0).toFixed(12));
  });
  const months = [...new Set(daily.days.map(monthOf))].map((name) => {
    const before = Number(daily.days.find((day) => monthOf(day) === name)?.slice(8) ?? 1) - 1;
    const own = total.filter((_, at) => monthOf(daily.days[at] ?? "") === name);
    const costs = [...Array.from({ length: before }, () => null), ...own];
    const isRunning = daily.history.find((one) => one.month === name)?.isRunning ?? true;
    // The days of a scope are not published by kind of charge: all of it is forecast as usage.
    return { month: name, isRunning, total: costs, usage: costs };
  });
  return { ...daily, total, history: months };
}

function seriesOfScope(
  scope: Exclude<BudgetScope, { readonly kind: "everything" }>,
  daily: DailyFigures,
  month: MonthCosts,
): readonly (readonly (number | null)[])[] {
  if (scope.kind !== "workload") {
    const all = scope.kind === "cost-center" ? daily.costCenters : daily.services;
    return all.filter(({ name }) => name === scope.name).map(({ costs }) => costs);
  }
  const own = daily.workloads.filter(({ name }) => name === scope.name);
  const centers = month.costCenters.filter(({ workloads }) =>
    workloads.some(({ name, cost }) => name === scope.name && !isZero(cost)),
  );
  const isWhole = centers.every(({ name }) => own.some(({ costCenter }) => costCenter === name));
  return isWhole ? own.map(({ costs }) => costs) : [];
}

/** The scope in words, without its name: sentences about a budget stand in messages. */
export const scopeWords = ({ kind }: BudgetScope): string =>
  kind === "everything" ? "the whole bill" : `the ${kind.replace("-", " ")} of the budget`;
