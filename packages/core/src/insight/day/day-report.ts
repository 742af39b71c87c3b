import type { Anomaly } from "../../anomaly/index.ts";
import type { BudgetState } from "../../budget/index.ts";
import { type Day, type Month, monthOf } from "../../calendar/index.ts";
import type { MonthEndForecast } from "../../forecast/index.ts";
import { type Change, changeOf, changeSentence } from "../change.ts";
import { longDayText } from "../period-text.ts";
import type { Sentence } from "../sentence.ts";
import { sourceSentence } from "../source-sentence.ts";
import { seenAnomalies } from "./anomaly-pairs.ts";
import { AVERAGE_DAYS } from "./day-costs.ts";
import { dayNotes, emptySentence } from "./day-notes.ts";
import type { DayReportInput } from "./day-report-input.ts";
import { daySections } from "./day-sections.ts";
import { usageChange } from "./list-sections.ts";
import type { MessageContent } from "./message-content.ts";
import { pageLink } from "./page-link.ts";
import { reportedDay } from "./reported-days.ts";
import { seenFigures } from "./seen-figures.ts";
import { costsWords, emptySubject, subjectOf } from "./subject.ts";

/**
 * What is worth saying about a day and its month so far. Plain text, HTML, Slack and JSON all write this one model, so
 * they cannot disagree. Amounts are exact, names are as published.
 */
export interface DayReport extends MessageContent {
  /** The day asked for. */
  readonly asked: Day;
  /** The day reported: the last complete one not after `asked`; `null` where none is known. */
  readonly date: Day | null;
  /** The month of the reported day; of the day asked for where there is none. */
  readonly period: Month;
  readonly completeThrough: Day | null;
  /** The day against the average of the seven days before it. */
  readonly change: Change;
  /** In words: "average of the 7 days before". */
  readonly against: string;
  /** Those that the audience sees. */
  readonly anomalies: readonly Anomaly[];
  readonly forecast: MonthEndForecast | null;
  /** The budgets that the audience is alerted of. */
  readonly budgets: readonly BudgetState[];
}

const AGAINST = `average of the ${AVERAGE_DAYS} days before`;

/**
 * The report of the last complete day not after the day asked for, and of its month through that day. Where no such day is
 * known it has no section, and says why.
 */
export function dayReport(input: DayReportInput): DayReport {
  const { figures, date: asked, audience, dashboardUrl, forecast } = input;
  const { completeThrough, currency, source } = figures;
  const { costCenters } = audience;
  const date = completeThrough !== null && completeThrough > asked ? asked : completeThrough;
  const seen = seenFigures(figures, costCenters);
  const day = date === null ? null : reportedDay(figures, seen, date);
  const period = monthOf(date ?? asked);
  const costs = costsWords(source, costCenters);
  const whole = {
    asked,
    period,
    completeThrough,
    currency,
    link: pageLink(dashboardUrl, period),
    anomalies: seenAnomalies(input.anomalies, costCenters),
    forecast: costCenters === null && forecast?.month === period ? forecast : null,
    against: AGAINST,
    budgets: input.budgets,
    source: [sourceSentence(figures), publishedSentence(figures)],
  };
  if (date === null || day === null || day.total === null) {
    return {
      ...whole,
      date: null,
      subject: emptySubject(
        costs,
        asked,
        date === null ? "no complete day yet" : "not in the published days",
      ),
      heading: [...costs, `, ${longDayText(asked)}`],
      headline: null,
      notes: [emptySentence(figures, asked, date)],
      total: null,
      change: changeOf(null, null),
      sections: [],
    };
  }
  const usage = costCenters === null ? usageChange(day, figures.chargeTypes) : null;
  return {
    ...whole,
    date,
    subject: subjectOf(costs, date, day.total, day.change, usage),
    heading: [...costs, `, ${longDayText(date)}`],
    headline: headlineOf(day.change, usage),
    notes: dayNotes(figures, seen, { asked, date }, costCenters),
    total: day.total,
    change: day.change,
    sections: daySections({ ...input, ...whole }, seen, date),
  };
}

function headlineOf(change: Change, usage: Change | null): Sentence | null {
  if (change.difference === null) return null;
  if (change.direction === "unchanged") return [`The same as the ${AGAINST}`];
  return [
    ...changeSentence(change),
    ` to the ${AGAINST}`,
    ...(usage === null ? [] : ["; usage alone: ", ...usageWords(usage)]),
  ];
}

const usageWords = (usage: Change): Sentence =>
  usage.direction === "unchanged" ? ["unchanged"] : changeSentence(usage);

const publishedSentence = ({ publishedAt, completeThrough }: DayReportInput["figures"]): Sentence => [
  "Published ",
  { kind: "instant", instant: publishedAt },
  ...(completeThrough === null ? [] : [`, complete through ${longDayText(completeThrough)}`]),
  ".",
];
