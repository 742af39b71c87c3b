export { type Batch, type BatchContext, batchOf, withCompleteDays, withoutMonthBefore } from "./batch.ts";
export { categoryQuery, queriedDimensions } from "./batch-queries.ts";
export { usageOf, withoutUsageOf } from "./charge-type-queries.ts";
export {
  ALL_MONTHS,
  type CollectionPlan,
  type PlanStep,
  planCollection,
} from "./collection-plan.ts";
export { comparedMonths } from "./compared-months.ts";
export { freshMonths, monthsToCollect, runsAt } from "./months-to-collect.ts";
export { type PlannedRequests, plannedRequests } from "./planned-requests.ts";
export { type ResolvedConfig, resolveConfig } from "./resolved-config.ts";
