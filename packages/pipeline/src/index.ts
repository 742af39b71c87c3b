export { type CollectDependencies, collect } from "./collect.ts";
export type { CollectEvent, CollectResult, MonthOutcome } from "./event.ts";
export { type CollectConfig, defaultConfig } from "./options/index.ts";
export { monthsToCollect, type PlannedRequests, plannedRequests, queriedDimensions } from "./plan/index.ts";
