export {
  aMonth,
  aSource,
  aWorkload,
  type CenterSpec,
  type MonthSpec,
  trendOf,
} from "./month-figures.ts";
export { aLine, aUse } from "./usage-line.ts";
