import { addDays, type Day, daysIn, type Window } from "../../calendar/index.ts";
import type { DailyFigures, DailyNumbers } from "../../daily/index.ts";
import { divideHalfEven, type Money, moneyFromNumber } from "../../money/index.ts";

/** Days that an average of the days before is of. */
export const AVERAGE_DAYS = 7;

/** A single day as a window. */
export const dayWindow = (day: Day): Window => ({ start: day, end: addDays(day, 1) });

/** The seven days before a day. */
export const weekBefore = (day: Day): Window => ({ start: addDays(day, -AVERAGE_DAYS), end: day });

/**
 * Days of the figures by their positions, worked out once for all series; `null` where the figures do not contain one of
 * them. What they cost is divided by `count`: 1 for a sum, their number for an average.
 */
export type DaySelection = { readonly positions: readonly number[]; readonly count: number } | null;

/** The days of a window, for their sum; for their average with their number as `count`. */
export function daysOfWindow(days: DailyFigures["days"], { start, end }: Window, count = 1): DaySelection {
  const [first] = days;
  if (first === undefined || start < first) return null;
  const from = daysIn({ start: first, end: start });
  const length = daysIn({ start, end });
  if (from + length > days.length) return null;
  return { positions: Array.from({ length }, (_, at) => from + at), count };
}

/** What a series costs on some days: their sum, or their average rounded to the last digit. `null` where one is not known. */
export function costOn(costs: DailyNumbers, days: DaySelection, currency: string): Money | null {
  if (days === null) return null;
  let units = 0n;
  for (const position of days.positions) {
    const cost = costs[position] ?? null;
    if (cost === null) return null;
    if (cost !== 0) units += moneyFromNumber(cost, currency).units;
  }
  return { units: days.count === 1 ? units : divideHalfEven(units, BigInt(days.count)), currency };
}

/** The same as a number, and for quantities: quick, and off by far less than a billionth of its largest cost. */
export function roughlyOn(numbers: DailyNumbers, days: DaySelection): number | null {
  if (days === null) return null;
  let total = 0;
  for (const position of days.positions) {
    const value = numbers[position] ?? null;
    if (value === null) return null;
    total += value;
  }
  return total / days.count;
}

/** How a quantity differs from an average, in tenths of a percent; `null` where one is not known or the average not positive. */
export function quantityChange(
  quantities: DailyNumbers,
  day: DaySelection,
  usual: DaySelection,
): bigint | null {
  const [current, average] = [roughlyOn(quantities, day), roughlyOn(quantities, usual)];
  if (current === null || average === null || average <= 0) return null;
  const tenths = Math.round((current / average - 1) * 1000);
  return Number.isSafeInteger(tenths) ? BigInt(tenths) : null;
}
