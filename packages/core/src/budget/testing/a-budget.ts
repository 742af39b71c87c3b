import { addDays, type Day, type Instant, type Month, monthOf } from "../../calendar/index.ts";
import type { DailyFigures } from "../../daily/index.ts";
import { aDailyFigures, type DailyFiguresSpec } from "../../daily/testing/index.ts";
import { parseMoney } from "../../money/index.ts";
import type { Budget, BudgetFigures, MonthCosts } from "../index.ts";

/** A monthly budget of 100 dollars for the whole bill; a test says what matters. */
export const aBudget = (own: Partial<Budget> = {}): Budget => ({
  id: "all",
  name: "Everything",
  scope: { kind: "everything" },
  period: "month",
  limit: "100",
  currency: "USD",
  thresholds: [],
  audiences: ["finance"],
  rearm: false,
  ...own,
});

/** What a test says of a month: the total, and what is in it. */
export interface BudgetMonthSpec extends Partial<Omit<MonthCosts, "total" | "costCenters" | "month">> {
  readonly total: string;
  readonly costCenters?: readonly {
    readonly name: string;
    readonly cost: string;
    readonly hasCharges?: boolean;
    readonly workloads?: Readonly<Record<string, string>>;
  }[];
}

export const aMonthOfCosts = (month: Month, at: Instant, spec: BudgetMonthSpec): MonthCosts => {
  const currency = spec.currency ?? "USD";
  const money = (text: string) => parseMoney(text, currency);
  return {
    month,
    currency,
    isRunning: spec.isRunning ?? month === monthOf(addDays(at.slice(0, 10), -1)),
    collectedAt: spec.collectedAt ?? at,
    total: money(spec.total),
    costCenters: (spec.costCenters ?? []).map(({ name, cost, hasCharges = true, workloads = {} }) => ({
      name,
      cost: money(cost),
      hasCharges,
      workloads: Object.entries(workloads).map(([workload, own]) => ({ name: workload, cost: money(own) })),
    })),
  };
};

/**
 * Published figures as of a time: the months that a test names, and days of 10 dollars through the day before.
 * @param days `null`: no days are published
 */
export function budgetFiguresOf(
  at: Instant,
  months: Readonly<Record<Month, string | BudgetMonthSpec>>,
  days: DailyFiguresSpec | DailyFigures | null = {},
): BudgetFigures {
  const entries = Object.entries(months).map(([month, spec]) => {
    const costs = aMonthOfCosts(month, at, typeof spec === "string" ? { total: spec } : spec);
    return [month, costs] as const;
  });
  const through: Day = addDays(at.slice(0, 10), -1);
  const daily =
    days === null
      ? null
      : "history" in days && "runId" in days
        ? (days as DailyFigures)
        : aDailyFigures({ through, ...days });
  return { months: new Map(entries), daily, problem: null };
}
