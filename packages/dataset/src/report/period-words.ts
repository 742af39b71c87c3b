import { daysIn, daysInMonth, type Instant, type Month, type Window } from "@dapanoskop/core/calendar";

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

/** The month's name alone, where the year is plain. */
export const monthName = (month: Month): string => MONTHS[Number(month.slice(5, 7)) - 1] ?? month;

/** How much of a running month is told: `7 of 31 days`. */
export const daysText = (month: Month, window: Window): string =>
  `${daysIn(window)} of ${daysInMonth(month)} days`;

/** A published month in words: `March 2026, 7 of 31 days`, `February 2026`. */
export const periodText = (month: Month, window: Window, isRunning: boolean): string =>
  isRunning ? `${monthText(month)}, ${daysText(month, window)}` : monthText(month);

/** A window's words where room is short: without the remark that it is a whole month. */
export const shortly = (windowWords: string): string => windowWords.replace(" (the whole month)", "");

/** An instant to the minute: `2026-03-08 06:00 UTC`. */
export const instantText = (instant: Instant): string =>
  `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;

/** `3 days` between two instants, in whole days; under a day in hours. */
export function ageText(from: Instant, to: Instant): string {
  const hours = Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 3_600_000));
  const [count, unit] = hours < 48 ? [hours, "hour"] : [Math.floor(hours / 24), "day"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}
