export {
  type BudgetAlertDocument,
  type BudgetDocument,
  budgetAlert,
  budgetAlerts,
  budgetChange,
  budgetDocument,
  budgetList,
  type NewBudgetDocument,
  newBudget,
} from "./budget.ts";
export {
  type CostAnswerDocument,
  type CostDaysDocument,
  type CostQueryBody,
  type CostSummaryDocument,
  costAnswer,
  costDays,
  costQueryBody,
  costSummary,
} from "./costs.ts";
export {
  type DriftFindingDocument,
  type DriftProjectDocument,
  type DriftScanDocument,
  driftFailure,
  driftFinding,
  driftFindings,
  driftProject,
  driftProjects,
  driftScan,
  type IgnoreRuleDocument,
  ignoreRule,
  ignoreRuleChange,
  ignoreRules,
} from "./drift.ts";
export {
  type OpenPlans,
  openPlans,
  type PlanAnswer,
  type PlanList,
  type PlanSummary,
  planAnswer,
  planApprovalChange,
  planComparison,
  planDocument,
  planId,
  planList,
  planStateChange,
  planStates,
  planSummary,
} from "./plan.ts";
export { type ProblemCode, type ProblemDocument, problemDocument, problemStatus } from "./problem.ts";
export { scanAnswer, scanBody } from "./scan.ts";
export { type StatusDocument, statusDocument } from "./status.ts";
