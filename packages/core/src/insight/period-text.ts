import {
  type Day,
  daysIn,
  daysInMonth,
  type Instant,
  type Month,
  monthOf,
  type Window,
} from "../calendar/index.ts";

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** `"2026-03"` in words: `March 2026`. */
export const monthText = (month: Month): string => `${monthName(month)} ${month.slice(0, 4)}`;

/** The name of a month without its year. */
export const monthName = (month: Month): string => MONTHS[Number(month.slice(5, 7)) - 1] ?? month;

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** A day in words: `Wednesday, January 14, 2026`. */
export function longDayText(day: Day): string {
  const weekday = WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? "";
  return `${weekday}, ${monthName(day)} ${Number(day.slice(8))}, ${day.slice(0, 4)}`;
}

/** How many days of a running month its figures cover: `7 of 31 days`. */
export const daysText = (month: Month, window: Window): string =>
  `${daysIn(window)} of ${daysInMonth(month)} days`;

/** A published month in words: `March 2026, 7 of 31 days`, `February 2026`. */
export const periodText = (month: Month, window: Window, isRunning: boolean): string =>
  isRunning ? `${monthText(month)}, ${daysText(month, window)}` : monthText(month);

/** The days that a running month is compared with: "The same days of February", or "All of February" when it is shorter. */
export function sameDaysText(window: Window): string {
  const month = monthOf(window.start);
  return `${daysIn(window) === daysInMonth(month) ? "All" : "The same days"} of ${monthName(month)}`;
}

/** `3 days` between two instants, in whole days; in hours below two days. */
export function ageText(from: Instant, to: Instant): string {
  const hours = Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 3_600_000));
  const [count, unit] = hours < 48 ? [hours, "hour"] : [Math.floor(hours / 24), "day"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
