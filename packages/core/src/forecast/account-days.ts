import { type Day, daysIn, daysInMonth, firstDay, type Month } from "../calendar/index.ts";
import type { DailyFigures, DailyMonth } from "../daily/index.ts";
import { type DayGrid, dayGrid, type Series, seriesOf } from "./day-grid.ts";
import { type CostSeries, costSeries } from "./expected-day.ts";

/** The days of an account in two parts that are forecast apart: what is used, and what is billed beside it. */
export interface AccountDays {
  readonly days: DayGrid;
  readonly months: readonly AccountMonth[];
  readonly parts: readonly CostSeries[];
  readonly total: Series;
}

export interface AccountMonth {
  readonly month: Month;
  /** Where its first day is. */
  readonly start: number;
  readonly length: number;
  /** Every day of it is published, and it has closed. */
  readonly isWhole: boolean;
}

/** The days of the published months; days of months that are not published are not known. */
export function accountDays({ history }: DailyFigures): AccountDays | null {
  const [first] = history;
  const last = history.at(-1);
  if (first === undefined || last === undefined) return null;
  const start = firstDay(first.month);
  const indexOf = (day: Day) => daysIn({ start, end: day });
  const months = history.map((month) => accountMonth(month, indexOf(firstDay(month.month))));
  const length = indexOf(firstDay(last.month)) + daysInMonth(last.month);
  const days = dayGrid(start, length);
  const total = new Float64Array(length).fill(Number.NaN);
  const usage = new Float64Array(length).fill(Number.NaN);
  for (const [at, month] of history.entries()) {
    const from = months[at]?.start ?? 0;
    total.set(seriesOf(month.total), from);
    usage.set(seriesOf(month.usage), from);
  }
  const other = total.map((cost, at) => cost - (usage[at] ?? Number.NaN));
  const parts = [usage, other].map((costs) => costSeries(costs, days));
  return { days, months, parts, total };
}

function accountMonth({ month, isRunning, total }: DailyMonth, start: number): AccountMonth {
  const length = daysInMonth(month);
  const isWhole = !isRunning && total.length === length && total.every((cost) => cost !== null);
  return { month, start, length, isWhole };
}
