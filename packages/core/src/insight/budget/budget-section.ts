import type { BudgetState } from "../../budget/index.ts";
import { rounded } from "../../money/index.ts";
import type { DayPair, DaySection } from "../day/day-section.ts";
import type { Sentence } from "../sentence.ts";
import { forecastWords, limitPart, periodWords, STATUS_WORDS, shareOfLimit } from "./budget-words.ts";

/** The budgets of a report: none where there are none. */
export const budgetSections = (states: readonly BudgetState[]): readonly DaySection[] =>
  states.length === 0
    ? []
    : [{ title: "Budgets", subtitle: ["cost so far"], pairs: states.map(budgetPair), sentences: [] }];

const budgetPair = (state: BudgetState): DayPair => ({
  label: [{ kind: "name", name: state.budget.name }],
  cents: state.actual && rounded(state.actual),
  isSigned: false,
  change: null,
  detail: budgetWords(state),
});

/** How a budget stands, as a sentence without its name: `on track: 85.0 % of $100.00 in March 2026; forecast $98.00`. */
export function budgetWords(state: BudgetState): Sentence {
  const { budget, periodStart, status, actual, forecast, why } = state;
  const limit: Sentence = [limitPart(budget), ` in ${periodWords(budget, periodStart)}`];
  const share: Sentence =
    actual === null
      ? ["limit ", ...limit]
      : [{ kind: "percent", percentage: shareOfLimit(actual, budget) }, " of ", ...limit];
  return [
    `${STATUS_WORDS[status]}: `,
    ...share,
    ...(forecast === null ? [] : ["; forecast ", ...forecastWords(forecast)]),
    ...(why === null ? [] : [`. ${why}`]),
  ];
}
