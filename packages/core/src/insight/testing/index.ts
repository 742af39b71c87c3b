export {
  aMonth,
  aWorkload,
  type CenterSpec,
  type MonthSpec,
  trendOf,
  type WorkloadSpec,
} from "./month-figures.ts";
