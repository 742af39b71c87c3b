export {
  aMonth,
  aSource,
  aWorkload,
  type CenterSpec,
  type MonthSpec,
  trendOf,
} from "./month-figures.ts";
