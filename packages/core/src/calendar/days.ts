/** A UTC day, `YYYY-MM-DD`. Text, so that days sort and compare as they read. */
export type Day = string & { readonly __day?: never };

/** A billing period: a UTC month, `YYYY-MM`. */
export type Month = string & { readonly __month?: never };

/** A charge window. AWS and FOCUS both exclude the end. */
export interface Window {
  readonly start: Day;
  readonly end: Day;
}

/** An instant as ISO text in UTC with seconds, `2026-03-08T06:00:00Z`: the event's time, never a wall clock's. */
export type Instant = string & { readonly __instant?: never };

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2}))?$/;

/**
 * Reads an event's time: ISO 8601 with a zone, or a plain day, which means its midnight in UTC.
 * @throws RangeError on anything else, a time without a zone included: it would mean another day elsewhere
 */
export function parseInstant(text: string): Instant {
  const at = INSTANT.test(text) ? new Date(text.length === 10 ? `${text}T00:00:00Z` : text) : null;
  const day = text.slice(0, 10);
  if (at === null || Number.isNaN(at.getTime()) || !isDay(day) || !isFourDigitYear(at.getUTCFullYear())) {
    throw new RangeError(`${JSON.stringify(text.slice(0, 60))} is not a time like 2026-03-08T06:00:00Z.`);
  }
  return `${at.toISOString().slice(0, 19)}Z`;
}

// Days and months are compared as text of four-digit years, three years before an event and a month after it too.
const isFourDigitYear = (year: number) => year >= 1000 && year < 9999;

export const instantOf = (date: Date): Instant => `${date.toISOString().slice(0, 19)}Z`;

export const dayOfInstant = (instant: Instant): Day => instant.slice(0, 10);

export function isDay(text: string): boolean {
  const [, year, month, day] = DAY.exec(text) ?? [];
  return day !== undefined && dayText(utc(Number(year), Number(month) - 1, Number(day))) === text;
}

export const isMonth = (text: string): boolean => MONTH.test(text);

export const monthOf = (day: Day): Month => day.slice(0, 7);

export const firstDay = (month: Month): Day => `${month}-01`;

export function addDays(day: Day, count: number): Day {
  return dayText(new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000));
}

export function addMonths(month: Month, count: number): Month {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return dayText(utc(year, number - 1 + count, 1)).slice(0, 7);
}

/** Whole days in a window. */
export function daysIn({ start, end }: Window): number {
  return Math.round((Date.parse(`${end}T00:00:00Z`) - Date.parse(`${start}T00:00:00Z`)) / 86_400_000);
}

/** Months from `from` to `to`: 1 for the month after. */
export function monthsBetween(from: Month, to: Month): number {
  const [y1 = 0, m1 = 0] = from.split("-").map(Number);
  const [y2 = 0, m2 = 0] = to.split("-").map(Number);
  return (y2 - y1) * 12 + (m2 - m1);
}

/** A whole month as a window. */
export const monthWindow = (month: Month): Window => ({
  start: firstDay(month),
  end: firstDay(addMonths(month, 1)),
});

export const daysInMonth = (month: Month): number => daysIn(monthWindow(month));

/** Each month from `from` to `to`, both included, oldest first. */
export function monthsFrom(from: Month, to: Month): readonly Month[] {
  return Array.from({ length: Math.max(0, monthsBetween(from, to) + 1) }, (_, at) => addMonths(from, at));
}

export const contains = (window: Window, day: Day): boolean => window.start <= day && day < window.end;

// Date.UTC takes years below 100 for the 1900s.
function utc(year: number, month: number, day: number): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return date;
}

const dayText = (date: Date) => date.toISOString().slice(0, 10);
