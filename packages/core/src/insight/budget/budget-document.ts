import type { BudgetForecast, BudgetState } from "../../budget/index.ts";
import { type Money, moneyText } from "../../money/index.ts";

/** A budget as a program reads it in a message. Amounts are exact decimal text; `null` is unknown. */
export const budgetDocument = ({ budget, periodStart, status, actual, forecast }: BudgetState) => ({
  id: budget.id,
  name: budget.name,
  period: budget.period,
  period_start: periodStart,
  status,
  limit: budget.limit,
  currency: budget.currency,
  actual: amount(actual),
  forecast: forecastDocument(forecast),
});

export const forecastDocument = (forecast: BudgetForecast | null) =>
  forecast && { total: moneyText(forecast.total), low: amount(forecast.low), high: amount(forecast.high) };

const amount = (money: Money | null) => money && moneyText(money);
