import { type Budget, type BudgetForecast, type BudgetStatus, budgetLimit } from "../../budget/index.ts";
import type { Month } from "../../calendar/index.ts";
import { type Money, rounded } from "../../money/index.ts";
import { monthText } from "../period-text.ts";
import { type AmountPart, amountPart, type Sentence } from "../sentence.ts";

export const STATUS_WORDS: Readonly<Record<BudgetStatus, string>> = {
  on_track: "on track",
  at_limit: "at its limit",
  over_budget: "over budget",
  forecast_over: "forecast over its limit",
  unknown: "unknown",
};

/** The period of a budget: `March 2026`, `the quarter from January 2026`. */
export const periodWords = ({ period }: Pick<Budget, "period">, start: Month): string =>
  period === "month" ? monthText(start) : `the quarter from ${monthText(start)}`;

/** The limit with all the decimals that it was given with. */
export function limitPart(budget: Pick<Budget, "limit" | "currency">): AmountPart {
  const decimals = Math.max(2, budget.limit.split(".")[1]?.length ?? 0);
  return amountPart(rounded(budgetLimit(budget), decimals), budget.currency, decimals);
}

/** How much of the limit an amount is, in percent with one decimal. Rounded down: it never shows more than was reached. */
export function shareOfLimit(amount: Money, budget: Pick<Budget, "limit" | "currency">): number {
  const tenths = (amount.units * 1000n) / budgetLimit(budget).units;
  return Number(tenths) / 10;
}

/** `$300.00 (80 % range: $280.00 to $330.00)`; the total alone where no range is known, or its ends read the same. */
export function forecastWords(forecast: BudgetForecast): Sentence {
  const amount = (money: Money) => amountPart(rounded(money), money.currency);
  const range = shownRange(forecast);
  return range === null
    ? [amount(forecast.total)]
    : [amount(forecast.total), " (80 % range: ", amount(range.low), " to ", amount(range.high), ")"];
}

/** The 80 % range of a forecast; `null` where it is not known, or its ends are the same amount to the cent. */
export function shownRange({
  low,
  high,
}: BudgetForecast): { readonly low: Money; readonly high: Money } | null {
  if (low === null || high === null || rounded(low) === rounded(high)) return null;
  return { low, high };
}

/** What a budget limits: `of cost center Web`; empty for the whole bill. */
export const scopePart = ({ scope }: Budget): Sentence =>
  scope.kind === "everything"
    ? ["of the whole bill"]
    : [`of the ${scope.kind.replace("-", " ")} `, { kind: "name", name: scope.name }];
