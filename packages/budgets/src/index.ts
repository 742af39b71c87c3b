export { type AlertMessageState, type AlertState, alertStates } from "./alerts/alert-states.ts";
export type { AlertSendingDependencies, SendAlert } from "./alerts/send-alert.ts";
export { BudgetInputError, type BudgetInputFault } from "./budget-input-error.ts";
export { type BudgetInput, budgetInputSchema, parseBudget } from "./budget-schema.ts";
export {
  type AlertOutcome,
  type BudgetFailure,
  type BudgetsEvaluation,
  type EvaluationDependencies,
  evaluateBudgets,
  type OwnedBudgetState,
} from "./evaluate/evaluate-budgets.ts";
export { type AwsBudgetsOptions, awsBudgetsHcl } from "./export/aws-budgets.ts";
export { monthCosts, readBudgetFigures } from "./figures/read-budget-figures.ts";
export { budgetOwners } from "./records/budget-owners.ts";
export {
  budgetOf,
  budgetsOf,
  deleteBudget,
  type KeptBudget,
  type PutBudgetOptions,
  putBudget,
  recordedBudgets,
} from "./records/budget-records.ts";
