import { type Money, parseDecimal, parseMoney } from "../money/index.ts";
import type { Budget, BudgetState, BudgetThreshold } from "./budget.ts";

/** Decimals that a threshold may have. */
export const PERCENT_DECIMALS = 6;

const SCALE = 100n * 10n ** BigInt(PERCENT_DECIMALS);

/** The limit as an exact amount. */
export const budgetLimit = ({ limit, currency }: Pick<Budget, "limit" | "currency">): Money =>
  parseMoney(limit, currency);

/** A percentage as an integer count of 10^-6: thresholds are compared by it. */
export const percentUnits = (percent: string): bigint => parseDecimal(percent, PERCENT_DECIMALS);

/** Whether an amount has reached a percentage of a limit, both in the same currency: exactly it counts. */
export const isReached = (amount: Money, percent: string, limit: Money): boolean =>
  amount.units * SCALE >= limit.units * percentUnits(percent);

/** A threshold that was reached, and the amount that reached it. */
export interface ReachedThreshold extends BudgetThreshold {
  readonly amount: Money;
}

/** The thresholds that a state has reached, each kind from the lowest to the highest. None of an unknown state. */
export function reachedThresholds(state: BudgetState): readonly ReachedThreshold[] {
  const { budget, status, actual, forecast } = state;
  if (status === "unknown") return [];
  const limit = budgetLimit(budget);
  const amounts = { actual, forecast: forecast?.total ?? null };
  return [...budget.thresholds]
    .sort((a, b) => (percentUnits(a.percent) < percentUnits(b.percent) ? -1 : 1))
    .flatMap((threshold) => {
      const amount = amounts[threshold.of];
      return amount !== null && isReached(amount, threshold.percent, limit) ? [{ ...threshold, amount }] : [];
    });
}
