import { type Month, monthOf, type Window } from "../calendar/index.ts";
import type { Money } from "../money/index.ts";
import { type Change, changeOf } from "./change.ts";
import type { CostByPeriod, MonthFigures } from "./month-figures.ts";
import { monthText, sameDaysText } from "./period-text.ts";
import { comparedCost } from "./reported-costs.ts";
import type { SentencePart } from "./sentence.ts";

/** A month's total in a period that it is compared with. */
export interface PeriodComparison {
  readonly period: Exclude<keyof CostByPeriod, "current" | "completeDays">;
  /** "The same days of February", "January 2026" */
  readonly label: string;
  readonly window: Window;
  readonly cost: Money | null;
  /** `null` where part of a month would be compared with a whole one: only the forecast is compared with that. */
  readonly change: Change | null;
}

/** The comparisons of a month's total, the base period first. */
export function comparisonsOf({ total, windows, isRunning }: MonthFigures): readonly PeriodComparison[] {
  const wholeMonth = (period: "previousMonth" | "yearBefore"): PeriodComparison => ({
    period,
    label: monthText(monthIn(windows[period])),
    window: windows[period],
    cost: total[period],
    change: isRunning ? null : changeOf(total.current, total[period]),
  });
  const wholeMonths = [wholeMonth("previousMonth"), wholeMonth("yearBefore")];
  const sameDays = windows.priorPeriodToDate;
  if (sameDays === null) return wholeMonths;
  return [
    {
      period: "priorPeriodToDate",
      label: sameDaysText(sameDays),
      window: sameDays,
      cost: total.priorPeriodToDate,
      change: changeOf(comparedCost(total, "priorPeriodToDate"), total.priorPeriodToDate),
    },
    ...wholeMonths,
  ];
}

/** The base period in words: "Feb 1–7" for a running month, "January 2026" for a closed one. */
export const againstPart = ({ windows }: Pick<MonthFigures, "windows">): SentencePart =>
  windows.priorPeriodToDate === null
    ? monthText(monthIn(windows.previousMonth))
    : { kind: "window", window: windows.priorPeriodToDate };

const monthIn = ({ start }: Window): Month => monthOf(start);
