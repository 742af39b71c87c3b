import { type BudgetAlert, budgetLimit } from "../../budget/index.ts";
import { compare, type Money, moneyText, rounded } from "../../money/index.ts";
import type { RenderedMessage } from "../../sending/index.ts";
import { figurePair } from "../day/day-section.ts";
import type { MessageContent } from "../day/message-content.ts";
import { pageLink } from "../day/page-link.ts";
import { renderMessage } from "../day/render/render-message.ts";
import { amountPart, type Sentence } from "../sentence.ts";
import { forecastDocument } from "./budget-document.ts";
import { limitPart, periodWords, scopePart, shownRange } from "./budget-words.ts";

/** The version of the JSON form; it rises when a field changes its meaning or goes. */
const ALERT_SCHEMA = 1;

/** The message of an alert, in every form that a channel needs. It says what was recorded when the threshold was reached. */
export const budgetAlertMessage = (alert: BudgetAlert, dashboardUrl: string | null): RenderedMessage =>
  renderMessage(contentOf(alert, dashboardUrl), alertDocument(alert));

function contentOf(alert: BudgetAlert, dashboardUrl: string | null): MessageContent {
  const { budget, of, actual, forecast, periodStart, reachedAt } = alert;
  const amount = (of === "actual" ? actual : forecast?.total) ?? null;
  const period = periodWords(budget, periodStart);
  const range = forecast === null ? null : shownRange(forecast);
  return {
    currency: budget.currency,
    link: pageLink(dashboardUrl, periodStart),
    subject: ["Budget ", { kind: "name", name: budget.name }, ": ", ...reachedWords(alert, amount)],
    heading: ["Budget ", { kind: "name", name: budget.name }, `, ${period}`],
    headline: headlineOf(alert, amount),
    notes: [],
    total: amount,
    sections: [
      {
        title: "Budget",
        subtitle: [...scopePart(budget), `, ${period}`],
        pairs: [
          figurePair(["Limit"], budgetLimit(budget)),
          figurePair(["Cost so far"], actual),
          ...(forecast === null ? [] : [figurePair(["Forecast"], forecast.total)]),
          ...(range === null
            ? []
            : [
                figurePair(["Low end of the 80 % range"], range.low),
                figurePair(["High end of the 80 % range"], range.high),
              ]),
        ],
        sentences: [exactWords(alert, amount)],
      },
    ],
    source: [["Evaluated ", { kind: "instant", instant: reachedAt }, " from the published figures."]],
  };
}

/** "the cost of $85.00 has reached 80 % of $100.00", "the cost of $100.01 is over the limit of $100.00" */
function reachedWords({ budget, of, percent }: BudgetAlert, amount: Money | null): Sentence {
  const what: Sentence =
    amount === null
      ? [`the ${WORDS[of]}`]
      : [`the ${WORDS[of]} of `, amountPart(rounded(amount), amount.currency)];
  return isOver(budget, amount)
    ? [...what, " is over the limit of ", limitPart(budget)]
    : [...what, ` has reached ${percent} % of `, limitPart(budget)];
}

const WORDS = { actual: "cost", forecast: "forecast" } as const;

const isOver = (budget: BudgetAlert["budget"], amount: Money | null): boolean =>
  amount !== null && compare(amount, budgetLimit(budget)) > 0;

const headlineOf = ({ of, percent, budget }: BudgetAlert, amount: Money | null): Sentence => [
  `${of === "actual" ? "Cost so far" : "Forecast"}: `,
  isOver(budget, amount) ? "over the limit of " : `at or over ${percent} % of `,
  limitPart(budget),
];

/** Cents may hide which side of a limit an amount is on. */
const exactWords = ({ budget, of, percent }: BudgetAlert, amount: Money | null): Sentence => [
  `Exactly: ${of} ${amount === null ? "unknown" : `${moneyText(amount)} ${amount.currency}`}, threshold ${percent} % of ${budget.limit} ${budget.currency}.`,
];

function alertDocument({ budget, of, percent, periodStart, reachedAt, actual, forecast }: BudgetAlert) {
  return {
    schema: ALERT_SCHEMA,
    kind: "budget_alert",
    budget: {
      id: budget.id,
      name: budget.name,
      scope: budget.scope,
      period: budget.period,
      limit: budget.limit,
      currency: budget.currency,
    },
    period_start: periodStart,
    threshold: { of, percent },
    actual: actual && moneyText(actual),
    forecast: forecastDocument(forecast),
    reached_at: reachedAt,
  };
}
