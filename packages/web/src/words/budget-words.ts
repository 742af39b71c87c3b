import type { BudgetDocument } from "@dapanoskop/api/documents";
import { addMonths } from "@dapanoskop/core/calendar";
import { STATUS_WORDS } from "@dapanoskop/core/insight/budget";
import type { Formats } from "./formats.ts";

type BudgetStatusDocument = BudgetDocument["state"]["status"];

/** How a budget stands, in the words of reports and alerts. */
export function budgetStatusText(status: BudgetStatusDocument): string {
  const words = STATUS_WORDS[status];
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

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
