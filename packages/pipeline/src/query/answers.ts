import type { Month, Window } from "@dapanoskop/core/calendar";
import type { PeriodBill, Proven, SpanBill } from "@dapanoskop/core/ledger";
import type { Money } from "@dapanoskop/core/money";
import type { CostSourceError } from "@dapanoskop/core/source";
import type { RunningBills } from "./query-batch.ts";

/** What the source answered to a plan's queries. A month without a bill and without a refusal was not queried. */
export interface Answers {
  /** The bills of months that are published and of months that are only compared with. */
  readonly bills: ReadonlyMap<Month, Proven<PeriodBill>>;
  /** Why the source has no bill of a month. */
  readonly refusals: ReadonlyMap<Month, CostSourceError>;
  /** `null` where no running month was queried, or the source refused it. */
  readonly running: RunningAnswers | null;
  /** `null` where no forecast was queried. */
  readonly forecast: ForecastAnswer | null;
  /** The failure with which the run's time ended; `null` when every query was made. */
  readonly outOfTime: CostSourceError | null;
}

/** What only a running month has. `null` where no day is complete, or where the source has no data of these days. */
export interface RunningAnswers extends Pick<RunningBills, "monthBefore" | "dailyTotals"> {
  readonly completeDays: Proven<SpanBill> | null;
  readonly priorPeriodToDate: Proven<SpanBill> | null;
}

/** A forecast is an addition: a source that refuses it or fails at it costs the month its forecast and nothing else. */
export interface ForecastAnswer {
  /** The cost of the days of `window`; `null` where there is too little data, or the source failed. */
  readonly remaining: Money | null;
  /** From the first day that is not complete to the end of the month. */
  readonly window: Window;
  readonly failure: CostSourceError | null;
}

export const noAnswers: Answers = {
  bills: new Map(),
  refusals: new Map(),
  running: null,
  forecast: null,
  outOfTime: null,
};

/** Both answers together; a month has one of them. */
export function withAnswers(answers: Answers, more: Partial<Answers>): Answers {
  return {
    bills: new Map([...answers.bills, ...(more.bills ?? [])]),
    refusals: new Map([...answers.refusals, ...(more.refusals ?? [])]),
    running: more.running ?? answers.running,
    forecast: more.forecast ?? answers.forecast,
    outOfTime: more.outOfTime ?? answers.outOfTime,
  };
}
