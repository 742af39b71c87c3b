export { publishDays, storeOfDays } from "./publish-days.ts";
export { publishSummary } from "./publish-summary.ts";
export { aPublishedMonth, aSummary, aTrend, type SummarySpec } from "./published-month.ts";
