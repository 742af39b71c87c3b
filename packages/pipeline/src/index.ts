export { queriedDimensions } from "./ask.ts";
export { type CollectDependencies, collect, recentWindow } from "./collect.ts";
export {
  type CollectConfig,
  type CollectEvent,
  type CollectResult,
  defaultConfig,
  type MonthOutcome,
} from "./event.ts";
export { monthsToCollect } from "./plan.ts";
export { type PlannedRequests, plannedRequests } from "./price.ts";
