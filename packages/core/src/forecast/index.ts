export { expectedCost } from "./expected-cost.ts";
export { type MonthEndForecast, monthEndForecast } from "./month-end-forecast.ts";
