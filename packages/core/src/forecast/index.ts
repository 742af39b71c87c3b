export { type DayGrid, dayGrid, type Series, seriesOf } from "./day-grid.ts";
export { expectedCost } from "./expected-cost.ts";
export { recentLevel, typicalDeviation } from "./expected-day.ts";
export { type MonthEndForecast, monthEndForecast } from "./month-end-forecast.ts";
export { type MonthsForecast, monthsForecast } from "./months-forecast.ts";
export { ordinaryCost } from "./ordinary-cost.ts";
export { chargesOnDate, isDistinct, recurringCost } from "./recurring-cost.ts";
export { wholeCents } from "./whole-cents.ts";
