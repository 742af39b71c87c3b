import type { BudgetDocument } from "@dapanoskop/api/documents";
import { addMonths } from "@dapanoskop/core/calendar";
import type { Formats } from "./formats.ts";

export type BudgetStatusDocument = BudgetDocument["state"]["status"];

/** How a budget stands, for a person. Unknown is never "on track". */
export const BUDGET_STATUS: Readonly<Record<BudgetStatusDocument, string>> = {
  on_track: "On track",
  forecast_over: "Forecast is over the limit",
  at_limit: "At the limit",
  over_budget: "Over the limit",
  unknown: "Unknown",
};

const URGENCY: readonly BudgetStatusDocument[] = [
  "over_budget",
  "at_limit",
  "forecast_over",
  "unknown",
  "on_track",
];

/** Budgets with those that need attention first. */
export const mostUrgentFirst = (budgets: readonly BudgetDocument[]): readonly BudgetDocument[] =>
  [...budgets].sort((a, b) => URGENCY.indexOf(a.state.status) - URGENCY.indexOf(b.state.status));

/** What a budget limits, in front of a name. */
export const SCOPE_WORDS: Readonly<Record<BudgetDocument["scope"]["kind"], string>> = {
  everything: "The whole bill",
  "cost-center": "Cost center",
  workload: "Workload",
  service: "Service",
};

/** `March 2026`; of a quarter `January to March 2026`. */
export function budgetPeriodText(
  { period, state }: Pick<BudgetDocument, "period" | "state">,
  formats: Pick<Formats, "month" | "monthName">,
): string {
  const start = state.period_start;
  if (period === "month") return formats.month(start);
  return `${formats.monthName(start)} to ${formats.month(addMonths(start, 2))}`;
}

/** `at 50 % and 80 % of the cost, at 100 % of the forecast`; `null` without thresholds. */
export function thresholdsText({ thresholds }: Pick<BudgetDocument, "thresholds">): string | null {
  const of = (kind: "actual" | "forecast", word: string) => {
    const percents = thresholds
      .filter((threshold) => threshold.of === kind)
      .map(({ percent }) => `${percent}\u00a0%`);
    const last = percents.pop();
    if (last === undefined) return [];
    return [`at ${percents.length === 0 ? last : `${percents.join(", ")} and ${last}`} of the ${word}`];
  };
  const parts = [...of("actual", "cost"), ...of("forecast", "forecast")];
  return parts.length === 0 ? null : parts.join(", ");
}
