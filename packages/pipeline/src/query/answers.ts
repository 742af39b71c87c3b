import type { Month } from "@dapanoskop/core/calendar";
import type { PeriodBill, Proven, SpanBill } from "@dapanoskop/core/ledger";
import type { Money } from "@dapanoskop/core/money";
import type { CostSourceError } from "@dapanoskop/core/source";

/** What the source answered to a plan's queries. A month without a bill and without a refusal was not queried. */
export interface Answers {
  /** The bills of months that are published and of months that are only compared with. */
  readonly bills: ReadonlyMap<Month, Proven<PeriodBill>>;
  /** Why the source has no bill of a month. */
  readonly refusals: ReadonlyMap<Month, CostSourceError>;
  /** The same days of the month before the running one; `null` where there is none, or the source refused them. */
  readonly priorPeriodToDate: Proven<SpanBill> | null;
  /** `null` where no forecast was queried. */
  readonly forecast: ForecastAnswer | null;
  /** The failure with which the run's time ended; `null` when every query was made. */
  readonly outOfTime: CostSourceError | null;
}

/** A forecast is an addition: a source that refuses it or fails at it costs the month its forecast and nothing else. */
export interface ForecastAnswer {
  /** The cost of the days that remain; `null` where the source has too little data, or failed. */
  readonly remaining: Money | null;
  readonly failure: CostSourceError | null;
}

export const noAnswers: Answers = {
  bills: new Map(),
  refusals: new Map(),
  priorPeriodToDate: null,
  forecast: null,
  outOfTime: null,
};

/** Both answers together; a month has one of them. */
export function withAnswers(answers: Answers, more: Partial<Answers>): Answers {
  return {
    bills: new Map([...answers.bills, ...(more.bills ?? [])]),
    refusals: new Map([...answers.refusals, ...(more.refusals ?? [])]),
    priorPeriodToDate: more.priorPeriodToDate ?? answers.priorPeriodToDate,
    forecast: more.forecast ?? answers.forecast,
    outOfTime: more.outOfTime ?? answers.outOfTime,
  };
}
