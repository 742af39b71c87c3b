export { type DriftDocument, type DriftedResourceEntry, driftDocument } from "./drift-document.ts";
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
export {
  type Coverage,
  type CoverageCosts,
  coverageOf,
  type ResourceCost,
  type ServiceCoverage,
} from "./spend-coverage/coverage.ts";
export { type CoverageDocument, coverageDocument } from "./spend-coverage/coverage-document.ts";
export { type ManagedResource, managedResources } from "./spend-coverage/managed-resources.ts";
export { type ResourceMatcher, resourceMatcher } from "./spend-coverage/resource-matcher.ts";
