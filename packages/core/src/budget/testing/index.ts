export { aBudget, aMonthOfCosts, budgetFiguresOf } from "./a-budget.ts";
