export { AWS_NAMES, isAws } from "./aws-names.ts";
export type { Bill, Charge } from "./bill.ts";
export { compareKeys } from "./bill-columns.ts";
export { type BillSource, billSource } from "./bill-source.ts";
export { chargePeriods } from "./charge-periods.ts";
export { checkQuery } from "./check-query.ts";
export {
  type CostAnswer,
  type CostMetric,
  type CostQuery,
  type CostRow,
  type CostSource,
  costMetrics,
  type ForecastQuery,
  type Granularity,
  type RequestCosts,
  type SourceKind,
  sourceKinds,
} from "./cost-source.ts";
export { CostSourceError, type CostSourceFailure } from "./errors.ts";
export type { CostFilter, CostMatch } from "./filter.ts";
export {
  type DayForecast,
  FORECAST_HISTORY_DAYS,
  forecastDays,
} from "./forecast.ts";
export { forecastByQuery } from "./forecast-by-query.ts";
export { type Dimension, dimensions, type Grouping } from "./grouping.ts";
export { matchesFilter, matchesValue } from "./matching.ts";
export {
  describeSource,
  type SourceDescription,
} from "./source-description.ts";
export type { SplitCharge, SplitMethod } from "./split-charge.ts";
