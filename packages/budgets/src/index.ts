export { BudgetError, type BudgetFault } from "./budget-error.ts";
export { type BudgetInput, budgetInputSchema, parseBudget } from "./budget-schema.ts";
export { monthCosts, readBudgetFigures } from "./figures/read-budget-figures.ts";
export { budgetOwners } from "./records/budget-owners.ts";
export { budgetOf, budgetsOf, deleteBudget, type KeptBudget, putBudget } from "./records/budget-records.ts";
