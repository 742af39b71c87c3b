export {
  type AttributeDifference,
  attributeDifferences,
  type PathSteps,
  valueAtPath,
} from "./attribute-differences.ts";
export { type ComparedResource, comparePlans, type PlanComparison, type PlanSide } from "./compare-plans.ts";
export { isRegion } from "./configuration/region.ts";
export { type GateResult, gateResult } from "./gate/gate.ts";
export { type GateRule, GateRuleError, gateMetrics, gateRule } from "./gate/gate-rule.ts";
export { PLAN_BYTE_LIMIT } from "./parse-plan-bytes.ts";
export type { Plan, PlanAction, PlanCounts, PlanKind, PlanValues, ResourceChange } from "./plan.ts";
export type {
  AmountRangeDocument,
  CostCenterDeltaDocument,
  DriftedResourceDocument,
  PlanCostDocument,
  PlanCountsDocument,
  PlanDocument,
  PlanDriftDocument,
  PlannedResourceDocument,
  PlanPartDocument,
  PriceOriginDocument,
  TagKnowledge,
} from "./plan-document.ts";
export { PlanError, type PlanErrorKind } from "./plan-error.ts";
export { type PlanPricing, planReport } from "./plan-report.ts";
export { type ReadPlan, readAndRedact, readPlan, redactedPlan } from "./read-plan.ts";
export {
  type AppliedPlan,
  accuracyOf,
  type BilledDays,
  type PlanScore,
  type PlanScores,
  planScores,
  SCORE_DAYS,
  type ScoreSubject,
  type UnscoredSubject,
} from "./score/plan-score.ts";
export type { PlanAllocation } from "./tag-allocation.ts";
