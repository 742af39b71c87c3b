import { type DayGrid, medianOf, type Series } from "./day-grid.ts";
import { type KnownDays, ordinaryCost } from "./ordinary-cost.ts";
import { chargesOnDate, isDistinct, recurringCost } from "./recurring-cost.ts";

/** Days whose deviations say what is typical: eight weeks. */
const TYPICAL_DAYS = 56;

/** Days whose deviations say how the level has moved since the weeks that the ordinary cost is the median of. */
const LEVEL_DAYS = 7;

/**
 * The part of that movement that is taken to last. Measured on generated and on real series: the whole of it follows every
 * wave, none of it is late where an account grows. Halves are usual (a damped level, Gardner and McKenzie, 1985).
 */
const LEVEL_SHARE = 0.5;

/** The costs of something by day, with how far each is from its ordinary cost. */
export interface CostSeries {
  readonly costs: Series;
  /** Cost less ordinary cost, by the days before alone. */
  readonly deviations: Series;
  /** 1 for a day that says nothing of ordinary days. */
  readonly isLeftOut: Uint8Array;
}

/** What the last days say of the days to come. */
export interface RecentDeviations {
  /** The median size of the deviations of the last eight weeks. */
  readonly typical: number;
  /** What the ordinary cost of a day to come is to be raised by. */
  readonly level: number;
}

/**
 * What a day costs, by the days that are known: the median of its weekday, moved by the level of the last week, and what
 * recurs on its date.
 */
export function expectedDay(
  { costs, deviations, isLeftOut }: CostSeries,
  days: DayGrid,
  at: number,
  { typical, level }: RecentDeviations,
  { from, until }: KnownDays,
): number {
  const charges = chargesOnDate(deviations, days, at, until);
  return (
    ordinaryCost(costs, days, at, { from, until, isLeftOut }) +
    level +
    recurringCost(charges, days.date[at] === 1, typical)
  );
}

export const recentDeviations = (deviations: Series, days: DayGrid, known: KnownDays): RecentDeviations => ({
  typical: typicalDeviation(deviations, known),
  level: recentLevel(deviations, days, known),
});

/** What the ordinary cost of a day to come is to be raised by; 0 before a week is known. */
export function recentLevel(
  deviations: Series,
  days: DayGrid,
  { from, until, isLeftOut }: KnownDays,
): number {
  const newest: number[] = [];
  for (
    let at = until - 1;
    at >= Math.max(from, until - TYPICAL_DAYS) && newest.length < LEVEL_DAYS;
    at -= 1
  ) {
    const deviation = deviations[at] ?? Number.NaN;
    if (!Number.isNaN(deviation) && isLeftOut?.[at] !== 1 && days.date[at] !== 1) newest.push(deviation);
  }
  return newest.length < LEVEL_DAYS ? 0 : LEVEL_SHARE * medianOf(newest);
}

/** The median size of the deviations of the last eight weeks; 0 of none. */
export function typicalDeviation(deviations: Series, { from, until, isLeftOut }: KnownDays): number {
  const sizes: number[] = [];
  for (let at = Math.max(from, until - TYPICAL_DAYS); at < until; at += 1) {
    const deviation = deviations[at] ?? Number.NaN;
    if (!Number.isNaN(deviation) && isLeftOut?.[at] !== 1) sizes.push(Math.abs(deviation));
  }
  return sizes.length === 0 ? 0 : medianOf(sizes);
}

/**
 * The costs of something with how far each day is from its ordinary cost, by the days before it alone. Days that
 * stand out with a charge that recurs on their date are left out of what is ordinary.
 */
export function costSeries(costs: Series, days: DayGrid): CostSeries {
  const deviations = new Float64Array(costs.length).fill(Number.NaN);
  const isLeftOut = new Uint8Array(costs.length);
  const series = { costs, deviations, isLeftOut };
  let typical = 0;
  for (let at = 0; at < costs.length; at += 1) {
    const known = { from: 0, until: at, isLeftOut };
    if (at % 7 === 0) typical = typicalDeviation(deviations, known);
    deviations[at] = (costs[at] ?? Number.NaN) - ordinaryCost(costs, days, at, known);
    if (!isDistinct(deviations[at] ?? Number.NaN, typical)) continue;
    const charges = chargesOnDate(deviations, days, at, at);
    if (recurringCost(charges, days.date[at] === 1, typical) !== 0) isLeftOut[at] = 1;
  }
  return series;
}
