import type { Anomaly } from "../../anomaly/index.ts";
import type { Day, Instant, Month } from "../../calendar/index.ts";
import type { DailyFigures } from "../../daily/index.ts";
import type { MonthEndForecast } from "../../forecast/index.ts";
import { type Money, moneyFromNumber } from "../../money/index.ts";
import { type Change, changeOf } from "../change.ts";
import type { Sentence } from "../sentence.ts";

export interface DayReportInput {
  readonly figures: DailyFigures;
  /** The day asked for. The report is of the last complete day not after it. */
  readonly date: Day;
  /** `costCenters`: names as published, whose figures alone the audience sees; `null`: the whole account. */
  readonly audience: { readonly name: string; readonly costCenters: readonly string[] | null };
  /** `https://HOST` of the page; `null`: the message has no link. */
  readonly dashboardUrl: string | null;
  /** The source's own forecast of the whole month, from the month's summary. */
  readonly sourceForecast: Money | null;
  /** What the last report to this audience said: the total of its day; `null` where there was none. */
  readonly said: { readonly date: Day; readonly total: Money; readonly at: Instant } | null;
  /** How people answered the alarms of the last 90 days; `null` where nobody could. */
  readonly answers: { readonly confirmed: number; readonly false: number } | null;
  /** Of the whole account, of the reported day. */
  readonly anomalies: readonly Anomaly[];
  /** Of the whole account, of the month of the reported day. */
  readonly forecast: MonthEndForecast | null;
}

/**
 * What is worth saying about a day and its month so far. Plain text, HTML, Slack and JSON all write this one model, so
 * they cannot disagree. Amounts are exact, names are as published.
 */
export interface DayReport {
  /** The day asked for. */
  readonly asked: Day;
  /** The day reported: the last complete one not after `asked`; `null` where none is known. */
  readonly date: Day | null;
  /** The month of the reported day; of the day asked for where there is none. */
  readonly period: Month;
  readonly completeThrough: Day | null;
  readonly currency: string;
  /** The page of the period; `null` without a dashboard. */
  readonly link: string | null;
  readonly subject: Sentence;
  /** What a reader needs to judge the figures: late days, estimates, what is left out. */
  readonly notes: readonly Sentence[];
  /** Of the day, of what the audience sees; `null` where it is not known. */
  readonly total: Money | null;
  /** The day against the average of the seven days before it. */
  readonly change: Change;
  readonly sections: readonly DaySection[];
  /** Those that the audience sees. */
  readonly anomalies: readonly Anomaly[];
  readonly forecast: MonthEndForecast | null;
  /** Where the figures come from. */
  readonly source: readonly Sentence[];
}

/** A list of amounts under a title. */
export interface DaySection {
  readonly title: string;
  /** The days that it is of, or what its changes are against. */
  readonly subtitle: Sentence | null;
  readonly pairs: readonly DayPair[];
  readonly sentences: readonly Sentence[];
}

/** A label and its amount: what every form of the message contains. */
export interface DayPair {
  readonly label: Sentence;
  /** In cents, as displayed: the parts of a list add up to its displayed total. `null` is unknown, never 0. */
  readonly cents: bigint | null;
  /** With a plus where it is positive: a change. */
  readonly isSigned: boolean;
  readonly change: Change | null;
  /** Why, or what stands behind it. */
  readonly detail: Sentence | null;
}

/** The report of the last complete day not after the day asked for, and of its month through that day. */
export function dayReport({ figures, date: asked, anomalies, forecast }: DayReportInput): DayReport {
  const { completeThrough, currency } = figures;
  const date = completeThrough === null ? null : completeThrough < asked ? completeThrough : asked;
  const known = date === null ? null : figures.total[figures.days.indexOf(date)];
  const total = known === null || known === undefined ? null : moneyFromNumber(known, currency);
  return {
    asked,
    date,
    period: (date ?? asked).slice(0, 7),
    completeThrough,
    currency,
    link: null,
    subject: ["AWS costs"],
    notes: [],
    total,
    change: changeOf(total, null),
    sections: [],
    anomalies,
    forecast,
    source: [],
  };
}
