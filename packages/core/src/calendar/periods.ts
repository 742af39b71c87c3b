import {
  addDays,
  addMonths,
  type Day,
  dayOfInstant,
  daysIn,
  daysInMonth,
  firstDay,
  type Instant,
  type Month,
  monthOf,
  monthWindow,
  type Window,
} from "./days.ts";

/** Months before the running one that Cost Explorer answers for without the 38-month opt-in. */
const HISTORY_MONTHS = 13;

/** Months before the running one with the opt-in: MONTHLY only, from the first of a month. */
export const EXTENDED_HISTORY_MONTHS = 37;

/** The month that is running at the event's time, up to yesterday; `null` on the 1st, when none of it has passed. */
export function runningWindow(at: Instant): Window | null {
  const today = dayOfInstant(at);
  const start = firstDay(monthOf(today));
  return start === today ? null : { start, end: today };
}

export const eventMonth = (at: Instant): Month => monthOf(dayOfInstant(at));

/** The month that closed last before the event. */
export const lastClosedMonth = (at: Instant): Month => addMonths(eventMonth(at), -1);

/** The window of a month as the event sees it: whole when closed, up to yesterday while running. */
export function windowOf(month: Month, at: Instant): Window {
  const running = runningWindow(at);
  return running !== null && monthOf(running.start) === month ? running : monthWindow(month);
}

export const isRunning = (month: Month, at: Instant): boolean => month === eventMonth(at);

/**
 * The same days of the month before. A month that is shorter gives all of itself: March 1–30 against February is the
 * whole of February.
 */
export function priorPeriodToDateWindow(running: Window): Window {
  const before = addMonths(monthOf(running.start), -1);
  const start = firstDay(before);
  return { start, end: addDays(start, Math.min(daysIn(running), daysInMonth(before))) };
}

/** The days of the running month that are still to come, today included. */
export function remainingWindow(at: Instant): Window {
  return { start: dayOfInstant(at), end: monthWindow(eventMonth(at)).end };
}

/** The oldest month that Cost Explorer answers for in full detail. */
export const oldestMonth = (at: Instant): Month => addMonths(eventMonth(at), -HISTORY_MONTHS);

const SHORT_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** A window in words: "Feb 1–7", "all of February" is `"Feb 1–28 (the whole month)"`, "Dec 30 – Jan 2". */
export function windowText({ start, end }: Window): string {
  const last = addDays(end, -1);
  if (monthOf(start) !== monthOf(last)) return `${dayText(start)} – ${dayText(last)}`;
  const days = start === last ? dayText(start) : `${dayText(start)}–${Number(last.slice(8))}`;
  const whole = daysIn({ start, end }) === daysInMonth(monthOf(start));
  return whole ? `${days} (the whole month)` : days;
}

const dayText = (day: Day) => `${SHORT_MONTHS[Number(day.slice(5, 7)) - 1] ?? ""} ${Number(day.slice(8))}`;
