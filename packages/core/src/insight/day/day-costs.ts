import { addDays, type Day, daysIn, type Window } from "../../calendar/index.ts";
import type { DailyFigures, DailyNumbers } from "../../daily/index.ts";
import { add, divideHalfEven, type Money, moneyFromNumber, zero } from "../../money/index.ts";

type SeriesDays = Pick<DailyFigures, "days" | "currency">;

/** Days that an average of the days before is of. */
export const AVERAGE_DAYS = 7;

/** Weeks whose same weekday a day is compared with. */
const COMPARED_WEEKS = 4;

/** A single day as a window. */
export const dayWindow = (day: Day): Window => ({ start: day, end: addDays(day, 1) });

/** The seven days before a day. */
export const weekBefore = (day: Day): Window => ({ start: addDays(day, -AVERAGE_DAYS), end: day });

/** What a series costs in a window; `null` where one of its days is not known. */
export function costOver({ days, currency }: SeriesDays, costs: DailyNumbers, window: Window): Money | null {
  const values = numbersOver(days, costs, window);
  if (values === null) return null;
  return values.reduce<Money>((total, value) => add(total, moneyFromNumber(value, currency)), zero(currency));
}

/** The average of the seven days before a day; `null` where one of them is not known. */
export const averageBefore = (figures: SeriesDays, costs: DailyNumbers, day: Day): Money | null =>
  averageOf(costOver(figures, costs, weekBefore(day)), AVERAGE_DAYS);

/** A sum of `count` days as an average, rounded once to the last digit. */
export const averageOf = (total: Money | null, count: number): Money | null =>
  total && { ...total, units: divideHalfEven(total.units, BigInt(count)) };

/** The average of the last four days of the same weekday; `null` where one of them is not known. */
export function weekdayAverage(figures: SeriesDays, costs: DailyNumbers, day: Day): Money | null {
  const total = weekdaysBefore(day)
    .map((before) => costOver(figures, costs, dayWindow(before)))
    .reduce((all, cost) => (all === null || cost === null ? null : add(all, cost)), zero(figures.currency));
  return averageOf(total, COMPARED_WEEKS);
}

/**
 * How a quantity differs from the average of the last four days of the same weekday, in tenths of a percent; `null` where
 * one of these is not known, or the average is not positive.
 */
export function quantityChange({ days }: SeriesDays, quantities: DailyNumbers, day: Day): bigint | null {
  const current = numbersOver(days, quantities, dayWindow(day))?.[0];
  const before = weekdaysBefore(day).map((each) => numbersOver(days, quantities, dayWindow(each))?.[0]);
  const known = before.flatMap((value) => value ?? []);
  const average = known.reduce((total, value) => total + value, 0) / COMPARED_WEEKS;
  if (current === undefined || known.length < COMPARED_WEEKS || average <= 0) return null;
  const tenths = Math.round((current / average - 1) * 1000);
  return Number.isSafeInteger(tenths) ? BigInt(tenths) : null;
}

const weekdaysBefore = (day: Day): readonly Day[] =>
  Array.from({ length: COMPARED_WEEKS }, (_, week) => addDays(day, -7 * (week + 1)));

/** The numbers of a window's days; `null` where the figures do not contain one of them. */
function numbersOver(
  days: readonly Day[],
  numbers: DailyNumbers,
  { start, end }: Window,
): readonly number[] | null {
  const [first] = days;
  if (first === undefined || start < first) return null;
  const from = daysIn({ start: first, end: start });
  const to = from + daysIn({ start, end });
  const known = numbers.slice(from, to).flatMap((value) => value ?? []);
  return known.length < to - from ? null : known;
}
