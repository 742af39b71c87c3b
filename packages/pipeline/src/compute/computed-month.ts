import { type Month, remainingWindow } from "@dapanoskop/core/calendar";
import {
  isComplete,
  isEmpty,
  type MonthLedger,
  type PeriodLedger,
  periodLedger,
  spanLedger,
} from "@dapanoskop/core/ledger";
import { zero } from "@dapanoskop/core/money";
import type { CostSourceError } from "@dapanoskop/core/source";
import { type CollectionPlan, type ResolvedConfig, runsAt } from "../plan/index.ts";
import type { Answers } from "../query/index.ts";
import { monthForecast } from "./forecast.ts";

/** One of the months of a collection, computed from the answers about it. */
export type ComputedMonth =
  | {
      readonly kind: "ledger";
      readonly period: Month;
      readonly current: PeriodLedger;
      readonly running: MonthLedger["running"];
      /** Sentences about what the month lacks. */
      readonly warnings: readonly string[];
    }
  /** The source answered without any charge. */
  | { readonly kind: "empty"; readonly period: Month; readonly current: PeriodLedger }
  | { readonly kind: "refused"; readonly period: Month; readonly reason: CostSourceError }
  /** The run's time ended before the month was queried. */
  | { readonly kind: "not-queried"; readonly period: Month };

/** Computes every month of a plan, newest first. */
export function computeMonths(
  plan: CollectionPlan,
  answers: Answers,
  config: ResolvedConfig,
): readonly ComputedMonth[] {
  return plan.months.map((period) => {
    const reason = answers.refusals.get(period);
    const bill = answers.bills.get(period);
    if (reason !== undefined) return { kind: "refused", period, reason };
    if (bill === undefined) return { kind: "not-queried", period };
    const current = periodLedger(bill, config);
    if (isEmpty(bill)) return { kind: "empty", period, current };
    if (!runsAt(period, plan.at)) return { kind: "ledger", period, current, running: null, warnings: [] };
    return { kind: "ledger", period, current, ...runningParts(current, plan, answers, config) };
  });
}

/** What only a running month has. */
function runningParts(
  current: PeriodLedger,
  { at }: CollectionPlan,
  { running, forecast: answer, outOfTime }: Answers,
  config: ResolvedConfig,
): Pick<ComputedMonth & { readonly kind: "ledger" }, "running" | "warnings"> {
  const { completeDays = null, priorPeriodToDate = null } = running ?? {};
  const complete = completeDays && spanLedger(completeDays, config);
  const window = { ...remainingWindow(at), start: current.completeDays.end };
  const answered = answer ?? { remaining: null, window, failure: outOfTime };
  const { forecast, warning } = monthForecast(current, complete?.total ?? zero(current.currency), answered);
  return {
    running: {
      // The complete days of a month that is complete up to the event are its own answers: no residual twice.
      completeDays: complete && isComplete(current) ? { ...complete, residuals: [] } : complete,
      priorPeriodToDate: priorPeriodToDate && spanLedger(priorPeriodToDate, config),
      forecast,
    },
    warnings: warning === null ? [] : [warning],
  };
}
