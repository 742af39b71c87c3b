import { daysIn, daysInMonth, priorPeriodToDateWindow } from "@dapanoskop/core/calendar";
import type { Summary } from "@dapanoskop/dataset";
import type { Formats } from "./formats.ts";

/** A month's periods as the page calls them. */
export interface PeriodWords {
  /** `November 2026` */
  readonly month: string;
  /** `19 of 30 days`; `null` for a closed month. */
  readonly progress: string | null;
  /** The period that figures are compared with: `Oct 1–19`, `Feb 1–28 (the whole month)`, `October 2026`. */
  readonly against: string;
  /** The same, short enough to head a column. */
  readonly shortAgainst: string;
  readonly previousMonth: string;
  readonly yearBefore: string;
  readonly shortYearBefore: string;
}

export function periodWords({ period, is_mtd, windows, periods }: Summary, formats: Formats): PeriodWords {
  const like = windows.prior_partial ?? priorPeriodToDateWindow(windows.current);
  return {
    month: formats.month(period),
    progress: is_mtd ? `${daysIn(windows.current)} of ${daysInMonth(period)} days` : null,
    against: is_mtd ? formats.window(like) : formats.month(periods.prev_month),
    shortAgainst: is_mtd ? formats.days(like) : formats.monthAndYear(periods.prev_month),
    previousMonth: formats.month(periods.prev_month),
    yearBefore: formats.month(periods.yoy),
    shortYearBefore: formats.monthAndYear(periods.yoy),
  };
}
