import { priorPeriodToDateWindow } from "@dapanoskop/core/calendar";
import { againstPart, daysText, partText } from "@dapanoskop/core/insight";
import type { Summary } from "@dapanoskop/dataset";
import type { Formats } from "./formats.ts";

/** A month's periods as the page calls them. */
export interface PeriodWords {
  /** `November 2026` */
  readonly month: string;
  /** `19 of 30 days`; `null` for a closed month. */
  readonly progress: string | null;
  /** What is compared: `October 2026`; of a running month `November 2026 so far`, or `November 2026, complete days`. */
  readonly now: string;
  /** The same, short enough to head a column. */
  readonly shortNow: string;
  /** The period that figures are compared with: `Oct 1–19`, `Feb 1–28 (the whole month)`, `October 2026`. */
  readonly against: string;
  /** The same, short enough to head a column. */
  readonly shortAgainst: string;
  readonly previousMonth: string;
  readonly yearBefore: string;
  readonly shortYearBefore: string;
}

/** @param hasOnlyCompleteDays the figures are those of the complete days, which are not all of the days so far */
export function periodWords(
  { period, is_mtd, windows, periods }: Summary,
  formats: Formats,
  hasOnlyCompleteDays = false,
): PeriodWords {
  const month = formats.month(period);
  const sameDays = is_mtd ? (windows.prior_partial ?? priorPeriodToDateWindow(windows.current)) : null;
  const against = againstPart({
    windows: {
      current: windows.current,
      previousMonth: windows.prev_month,
      yearBefore: windows.yoy,
      priorPeriodToDate: sameDays,
    },
  });
  return {
    month,
    progress: is_mtd ? daysText(period, windows.current) : null,
    now: !is_mtd ? month : hasOnlyCompleteDays ? `${month}, complete days` : `${month} so far`,
    shortNow: !is_mtd ? month : hasOnlyCompleteDays ? "Complete days" : "So far",
    against: partText(against, formats, (name) => name),
    shortAgainst: sameDays !== null ? formats.days(sameDays) : formats.monthAndYear(periods.prev_month),
    previousMonth: formats.month(periods.prev_month),
    yearBefore: formats.month(periods.yoy),
    shortYearBefore: formats.monthAndYear(periods.yoy),
  };
}
