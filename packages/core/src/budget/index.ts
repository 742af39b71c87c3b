export type {
  Budget,
  BudgetForecast,
  BudgetForecastStatus,
  BudgetPeriod,
  BudgetScope,
  BudgetState,
  BudgetStatus,
  BudgetThreshold,
} from "./budget.ts";
export { type BudgetAlert, nextAlerts, pendingAudiences } from "./budget-alert.ts";
export type { BudgetFigures, CostCenterCosts, MonthCosts } from "./budget-figures.ts";
export { budgetState } from "./budget-state.ts";
export { currentMonth, monthsOfPeriod, periodBefore, periodStartOf } from "./period.ts";
export {
  budgetLimit,
  isReached,
  PERCENT_DECIMALS,
  percentUnits,
  type ReachedThreshold,
  reachedThresholds,
} from "./threshold.ts";
