export type { Budget, BudgetScope, BudgetState, BudgetThreshold } from "./budget.ts";
