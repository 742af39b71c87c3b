export {
  type Coverage,
  type CoverageCosts,
  coverageOf,
  type ResourceCost,
  type ServiceCoverage,
} from "./coverage/coverage.ts";
export { type ManagedResource, managedResources } from "./coverage/managed-resources.ts";
export { type ResourceMatcher, resourceMatcher } from "./coverage/resource-matcher.ts";
export { DriftError } from "./drift-error.ts";
export { type DriftOptions, driftOf } from "./drift-of.ts";
export type { DriftedResource, DriftReport, DriftSeverity } from "./drift-report.ts";
export {
  type IgnoreRule,
  IgnoreRuleError,
  LONGEST_RULE,
  parseIgnoreRule,
  parseIgnoreRules,
} from "./ignore-rules.ts";
export type { PlannedTagLoss } from "./planned-tag-losses.ts";
