import type { Anomaly } from "../../../anomaly/index.ts";
import { decimalNumber, type Money, moneyNumber } from "../../../money/index.ts";
import { budgetDocument } from "../../budget/budget-document.ts";
import { plainFigures } from "../../render/plain-figures.ts";
import { type Sentence, sentenceText } from "../../sentence.ts";
import type { DayReport } from "../day-report.ts";

/** The version of the shape below; it rises when a field changes its meaning or goes. */
const DAY_REPORT_SCHEMA = 1;

/**
 * A report of a day as a program reads it. Amounts are JSON numbers in the report's currency: unrounded, except those of
 * `pairs`, which are in cents as every other form displays them. Names are as published. `null` is unknown, never 0.
 *
 *     schema             1
 *     date               the day reported; null where no day is complete
 *     period             its month
 *     complete_through   the last day that the source has delivered in full, or null
 *     subject            the line that a mail has
 *     pairs[]            { section, label, amount }
 *     total              of the day
 *     change             { against, amount, percent }
 *     anomalies[]        { id, scope { kind, service?, name }, day, since, cost, expected, excess, cause, rows[] }
 *     forecast           { total, low, high, level, coverage: { inside, months } | null } or null
 *     budgets[]          { id, name, period, period_start, status, limit, currency, actual, forecast { total, low, high } or null };
 *                        amounts are decimal text
 */
export function dayDocument(report: DayReport) {
  const { change, forecast } = report;
  return {
    schema: DAY_REPORT_SCHEMA,
    date: report.date,
    period: report.period,
    complete_through: report.completeThrough,
    subject: plain(report.subject),
    pairs: report.sections.flatMap(({ title, pairs }) =>
      pairs.map(({ label, cents }) => ({
        section: title,
        label: plain(label),
        amount: cents === null ? null : decimalNumber(cents, 2),
      })),
    ),
    total: known(report.total),
    change: {
      against: report.against,
      amount: known(change.difference),
      percent: change.tenthsOfPercent === null ? null : Number(change.tenthsOfPercent) / 10,
    },
    anomalies: report.anomalies.map(anomalyDocument),
    forecast: forecast && {
      total: moneyNumber(forecast.total),
      low: known(forecast.low),
      high: known(forecast.high),
      level: forecast.level,
      coverage: forecast.coverage,
    },
    budgets: report.budgets.map(budgetDocument),
  };
}

export type DayReportDocument = ReturnType<typeof dayDocument>;

const anomalyDocument = ({ id, scope, day, since, cost, expected, excess, cause, rows }: Anomaly) => ({
  id,
  scope,
  day,
  since,
  cost: moneyNumber(cost),
  expected: moneyNumber(expected),
  excess: moneyNumber(excess),
  cause,
  rows: rows.map((row) => ({
    name: row.name,
    cost: moneyNumber(row.cost),
    expected: moneyNumber(row.expected),
    excess: moneyNumber(row.excess),
  })),
});

const known = (money: Money | null) => money && moneyNumber(money);

const plain = (sentence: Sentence) => sentenceText(sentence, plainFigures, (name) => name);
