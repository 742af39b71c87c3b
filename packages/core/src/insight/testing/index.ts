export {
  aMonth,
  aWorkload,
  type CenterSpec,
  type MonthSpec,
  trendOf,
} from "./month-figures.ts";
