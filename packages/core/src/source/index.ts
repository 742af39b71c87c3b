export type { Bill, Charge } from "./bill.ts";
export {
  type CostAnswer,
  type CostMetric,
  type CostQuestion,
  type CostRow,
  type CostSource,
  costMetrics,
  type Dimension,
  dimensions,
  type ForecastQuestion,
  type Granularity,
  type Grouping,
  type RowQuantity,
} from "./cost-source.ts";
export { CostSourceError, type CostSourceFailure } from "./errors.ts";
export type { CostFilter, CostMatch } from "./filter.ts";
export type { SplitCharge, SplitMethod } from "./split-charge.ts";
