export type { MonthEndForecast } from "./month-end-forecast.ts";
