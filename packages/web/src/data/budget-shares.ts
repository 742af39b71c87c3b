import type { BudgetDocument } from "@dapanoskop/api/documents";
import type { BudgetShares } from "../chart/budget-geometry.ts";

/** A budget in percent of its limit, to be drawn; `null` where it is unknown what was used. */
export function budgetShares({ limit, thresholds, state }: BudgetDocument): BudgetShares | null {
  const share = (amount: string) => (100 * Number(amount)) / Number(limit);
  if (state.actual === null) return null;
  const { forecast } = state;
  return {
    used: share(state.actual),
    forecast:
      forecast === null
        ? null
        : { low: share(forecast.low ?? forecast.total), high: share(forecast.high ?? forecast.total) },
    thresholds: [...new Set(thresholds.map(({ percent }) => percent))],
  };
}
