import type { BudgetState } from "../../budget/index.ts";
import { budgetWords } from "../budget/budget-section.ts";
import { plainText, TextLines, type TextStyle } from "./text-lines.ts";

/** The budgets below a report in the terminal: a paragraph for each; nothing where there are none. */
export function renderBudgetsText(states: readonly BudgetState[], style: TextStyle = plainText): string {
  if (states.length === 0) return "";
  const lines = new TextLines(style);
  lines.section("Budgets", []);
  for (const state of states) {
    lines.paragraph([{ kind: "name", name: state.budget.name }, ": ", ...budgetWords(state)]);
  }
  return lines.text();
}
