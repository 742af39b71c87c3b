import {
  type Day,
  daysIn,
  daysInMonth,
  type Instant,
  type Month,
  monthOf,
  type Window,
} from "@dapanoskop/core/calendar";
import { monthName, monthText } from "@dapanoskop/dataset/report";

/**
 * Months and days in English, UTC wherever the reader is. Written by hand: a browser takes some 5 ms to open its own
 * tables of dates, and all that differs between readers of English is what comes first.
 * @param isMonthFirst `Mar 8`, and not `8 Mar`
 */
export function makeDates(isMonthFirst: boolean) {
  const dayOfMonth = (month: string, days: string) =>
    isMonthFirst ? `${month} ${days}` : `${days} ${month}`;

  /** `Mar`, also of a day. */
  const shortMonth = (month: Month | Day): string => monthName(month).slice(0, 3);

  /** `Mar 26` */
  const monthAndYear = (month: Month): string => `${shortMonth(month)} ${month.slice(2, 4)}`;

  /** `Mar 8, 2026`, also of an instant. */
  const day = (of: Day | Instant): string =>
    `${dayOfMonth(shortMonth(of), numberOf(of))}${isMonthFirst ? "," : ""} ${of.slice(0, 4)}`;

  /** `Oct 1–19`: first and last day, both counted; a whole month by its name. */
  function window({ start, end }: Window): string {
    const last = new Date(Date.parse(`${end}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
    if (monthOf(start) !== monthOf(last)) {
      return `${dayOfMonth(shortMonth(start), numberOf(start))}–${dayOfMonth(shortMonth(last), numberOf(last))}`;
    }
    if (daysIn({ start, end }) === daysInMonth(monthOf(start))) return monthText(monthOf(start));
    const days = start === last ? numberOf(start) : `${numberOf(start)}–${numberOf(last)}`;
    return dayOfMonth(shortMonth(start), days);
  }

  /** `Nov 20, 2026, 06:00 UTC`: everywhere the same moment, so it names its zone. */
  const instant = (at: Instant): string => `${day(at)}, ${at.slice(11, 16)} UTC`;

  return { month: monthText, monthName, shortMonth, monthAndYear, day, window, instant };
}

/** The day of a month, without a zero in front. */
const numberOf = (day: Day | Instant): string => String(Number(day.slice(8, 10)));
