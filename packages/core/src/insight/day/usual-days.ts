import { addMonths, type Day, monthOf } from "../../calendar/index.ts";
import type { DailyFigures, DailyNumbers } from "../../daily/index.ts";
import { type DaySelection, roughlyOn } from "./day-costs.ts";

/** Weeks whose same weekday a day is compared with. */
const COMPARED_WEEKS = 4;

/** The days that a day may be compared with, worked out once for all series. */
export interface ComparableDays {
  /** The last four days of the same weekday; `null` where the figures do not contain one of them. */
  readonly weekdays: readonly number[] | null;
  /** The same date of the month before, and its own last four weekdays; `null` where one of them is not in the figures. */
  readonly monthBefore: { readonly position: number; readonly weekdays: readonly number[] } | null;
}

export function comparableDays(days: DailyFigures["days"], day: Day): ComparableDays {
  const position = days.indexOf(`${addMonths(monthOf(day), -1)}${day.slice(7)}`);
  const before = weekdaysBefore(position);
  return {
    weekdays: weekdaysBefore(days.indexOf(day)),
    monthBefore: before && { position, weekdays: before },
  };
}

/**
 * What a day of a series is compared with: the middle two of the last four days of the same weekday, so that a fee or a tax
 * on one of them does not count; and where the same date of the month before stood out among its weekdays by more than
 * they cost, that date: what is booked once a month is no news when it is booked again.
 */
export function usualDays(costs: DailyNumbers, { weekdays, monthBefore }: ComparableDays): DaySelection {
  if (monthBefore !== null) {
    const sameDate = { positions: [monthBefore.position], count: 1 };
    const [cost, usual] = [roughlyOn(costs, sameDate), roughlyOn(costs, middle(costs, monthBefore.weekdays))];
    if (cost !== null && usual !== null && Math.abs(cost - usual) > Math.abs(usual)) return sameDate;
  }
  return weekdays && middle(costs, weekdays);
}

function weekdaysBefore(at: number): readonly number[] | null {
  if (at < 7 * COMPARED_WEEKS) return null;
  return Array.from({ length: COMPARED_WEEKS }, (_, week) => at - 7 * (week + 1));
}

/** The two days between the dearest and the cheapest of four; `null` where one of the four is not known. */
function middle(costs: DailyNumbers, positions: readonly number[]): DaySelection {
  if (positions.some((at) => (costs[at] ?? null) === null)) return null;
  const sorted = positions.toSorted((a, b) => Number(costs[a]) - Number(costs[b]));
  return { positions: sorted.slice(1, -1), count: COMPARED_WEEKS - 2 };
}
