export {
  type DriftScanResult,
  driftFindings,
  driftProject,
  driftProjects,
  type NewDriftScan,
  recordDriftScan,
} from "./drift/drift-scans.ts";
export type { KeptDriftFinding, KeptDriftProject, KeptDriftScan } from "./drift/kept-drift.ts";
export {
  addIgnoreRule,
  ignoreRulesIn,
  type KeptIgnoreRule,
  keptIgnoreRules,
  removeIgnoreRule,
} from "./drift/kept-ignore-rules.ts";
export { type MemoryPlanFiles, memoryPlanFiles } from "./files/memory-plan-files.ts";
export { checkPlanFileKey, type PlanFileKey, type PlanFiles } from "./files/plan-files.ts";
export type { KeptPlan } from "./kept/kept-plan.ts";
export {
  changeKeptPlan,
  deleteKeptPlan,
  KEPT_DAYS,
  type KeptPlanChange,
  keepPlan,
  keptPlan,
  keptPlanDocument,
  keptPlans,
  MOST_PLANS,
  type NewPlan,
  type PlanStorage,
  readablePlans,
} from "./kept/kept-plans.ts";
export { redactedPlanIn } from "./kept/plan-file.ts";
export { type KeptPlanState, keptPlanStates, OPEN_DAYS } from "./kept/plan-state.ts";
export { LOCAL_OWNER, type Owner, ownerNamed } from "./owner.ts";
export { isProject, PROJECT } from "./project.ts";
export { publishedAllocation } from "./published-allocation.ts";
export { type PlanPricesNow, type PlanReader, type PricedPlan, planReader } from "./reading/plan-reader.ts";
export {
  type GivenPrices,
  type PublishedDataset,
  publishedPlanPrices,
} from "./reading/published-plan-prices.ts";
export { publishedPrices } from "./reading/published-prices.ts";
export {
  accuracyByProject,
  accuracyByType,
  type KeptPlanScore,
  keepPlanScore,
  keptPlanScores,
  type PlanAccuracy,
} from "./score/kept-scores.ts";
export { byWorkload, type ScoreMethod, scoreKeptPlan } from "./score/score-kept-plan.ts";
export { workloadDays } from "./score/workload-days.ts";
