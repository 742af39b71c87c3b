export { queriedDimensions } from "./ask.ts";
export { type CollectDependencies, collect, recentWindow } from "./collect.ts";
export type { CollectEvent, CollectResult, MonthOutcome } from "./event.ts";
export { type CollectConfig, defaultConfig } from "./options/index.ts";
export { monthsToCollect } from "./plan.ts";
export { type PlannedRequests, plannedRequests } from "./price.ts";
