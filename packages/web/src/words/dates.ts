import {
  type Day,
  daysIn,
  daysInMonth,
  type Instant,
  type Month,
  monthOf,
  type Window,
} from "@dapanoskop/core/calendar";
import { monthName, monthText } from "@dapanoskop/core/insight";

/**
 * Months and days in English and in UTC. Written by hand: a browser needs some 5 ms to load its own date formats, and
 * readers of English differ only in whether the month or the day comes first.
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

  /** `Oct 1–19`: the last day is included. */
  function days({ start, end }: Window): string {
    const last = new Date(Date.parse(`${end}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
    if (monthOf(start) !== monthOf(last)) {
      return `${dayOfMonth(shortMonth(start), numberOf(start))}–${dayOfMonth(shortMonth(last), numberOf(last))}`;
    }
    return dayOfMonth(
      shortMonth(start),
      start === last ? numberOf(start) : `${numberOf(start)}–${numberOf(last)}`,
    );
  }

  /** The same, and that it is the whole month where it is: `Feb 1–28 (the whole month)`. */
  const window = (of: Window): string =>
    daysIn(of) === daysInMonth(monthOf(of.start)) ? `${days(of)} (the whole month)` : days(of);

  /** `Nov 20, 2026, 06:00 UTC`: the same for every reader, so it names its zone. */
  const instant = (at: Instant): string => `${day(at)}, ${at.slice(11, 16)} UTC`;

  return { month: monthText, monthName, shortMonth, monthAndYear, day, days, window, instant };
}

/** The day of a month, without a zero in front. */
const numberOf = (day: Day | Instant): string => String(Number(day.slice(8, 10)));
