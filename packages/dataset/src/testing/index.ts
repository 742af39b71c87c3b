export { aPublishedMonth, aSummary, aTrend, type SummarySpec } from "./published-month.ts";
