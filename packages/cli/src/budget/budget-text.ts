import type { AlertState, KeptBudget } from "@dapanoskop/budgets";
import type { Budget, BudgetState } from "@dapanoskop/core/budget";
import { sentenceText } from "@dapanoskop/core/insight";
import { budgetDocument, budgetWords } from "@dapanoskop/core/insight/budget";
import { plainFigures } from "@dapanoskop/core/insight/render";
import { moneyText } from "@dapanoskop/core/money";
import { visible } from "@dapanoskop/core/text";

/** A budget and how it stands. */
export interface ShownBudget {
  readonly kept: KeptBudget;
  readonly state: BudgetState;
}

const LONGEST_NAME = 60;

const shown = (name: string) => visible(name, LONGEST_NAME);

/** `web  Web team: on track: 85.0 % of $100.00 in March 2026; forecast $98.00` */
export const budgetLine = (state: BudgetState): string =>
  `${state.budget.id}  ${shown(state.budget.name)}: ${sentenceText(budgetWords(state), plainFigures, shown)}`;

/** One budget with its terms, its thresholds and what became of its alerts. */
export function budgetText({ kept, state }: ShownBudget, alerts: readonly AlertState[]): string {
  const { budget } = kept;
  const lines = [
    budgetLine(state),
    `  limits      ${scopeText(budget)}`,
    `  limit       ${budget.limit} ${budget.currency} a ${budget.period}`,
    `  thresholds  ${thresholdText(budget)}`,
    `  alerts      ${budget.audiences.join(", ") || "nobody"}${budget.rearm ? ", again after a fall" : ""}`,
    ...alerts.map(alertLine),
  ];
  return `${lines.join("\n")}\n`;
}

const scopeText = ({ scope }: Budget): string =>
  scope.kind === "everything" ? "the whole bill" : `${scope.kind.replace("-", " ")} ${shown(scope.name)}`;

const thresholdText = ({ thresholds }: Budget): string =>
  thresholds.map(({ of, percent }) => `${of} ${percent} %`).join(", ") || "none";

function alertLine({ alert, sent }: AlertState): string {
  const what =
    alert.outcome === "passed"
      ? "passed: a higher one was reached"
      : sent.map(({ audience, state }) => `${audience} ${state}`).join(", ") || "nobody is alerted";
  return `  ${alert.reachedAt}  ${alert.of} ${alert.percent} % reached in ${alert.periodStart}: ${what}`;
}

/** A budget as a program reads it. Amounts are exact decimal text; `null` is unknown. */
export const budgetJson = ({ kept, state }: ShownBudget) => ({
  ...kept.budget,
  thresholds: kept.budget.thresholds.map(({ of, percent }) => ({ of, percent: Number(percent) })),
  created_at: kept.createdAt,
  updated_at: kept.updatedAt,
  state: {
    ...budgetDocument(state),
    forecast_status: state.forecastStatus,
    why: state.why,
    complete_through: state.completeThrough,
    collected_at: state.collectedAt,
  },
});

export const alertJson = ({ alert, sent }: AlertState) => ({
  of: alert.of,
  percent: Number(alert.percent),
  period_start: alert.periodStart,
  reached_at: alert.reachedAt,
  actual: alert.actual && moneyText(alert.actual),
  limit: alert.budget.limit,
  outcome: alert.outcome,
  sent,
});
