/**
 * The length of a cycle. Trends repeat every two years, from January of an even year on, so any 26 months contain each
 * of them once.
 */
export const CYCLE_MONTHS = 24;

/**
 * The trend of an amount in a cycle: points `[month of the cycle, factor]` in rising months. Values between two points,
 * and between the last point and the first of the next cycle, are interpolated linearly.
 */
export type CostTrend = readonly (readonly [month: number, factor: number])[];

/** The factor at a month of the cycle. */
export function trendAt(trend: CostTrend, month: number): number {
  let next = 0;
  while (next < trend.length && (trend[next] ?? flat)[0] <= month) next += 1;
  // Before the first point and after the last, the interpolation crosses the end of the cycle.
  const from = trend[(next + trend.length - 1) % trend.length] ?? flat;
  const to = trend[next % trend.length] ?? flat;
  const span = (to[0] - from[0] + CYCLE_MONTHS) % CYCLE_MONTHS;
  const passed = (month - from[0] + CYCLE_MONTHS) % CYCLE_MONTHS;
  return span === 0 ? from[1] : from[1] + ((to[1] - from[1]) * passed) / span;
}

const flat = [0, 1] as const;
