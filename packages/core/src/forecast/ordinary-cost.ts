import { type DayGrid, medianOf, type Series } from "./day-grid.ts";

/** Same weekdays that an expectation is the median of. */
const WEEKDAYS = 4;

/** How far back they may lie, in weeks: further than four where days are left out. */
const WEEKS = 7;

/** Which days of a series an expectation may be taken from. */
export interface KnownDays {
  /** From this day on. */
  readonly from: number;
  /** Up to this day, exclusive. */
  readonly until: number;
  /** Days that are left out: 1. */
  readonly isLeftOut?: Uint8Array;
}

/**
 * What a day costs without anything that recurs on a date: the median of the last four of its weekday (the seasonal naive
 * method of Hyndman and Athanasopoulos, Forecasting: Principles and Practice, 5.2, with a median over four seasons, so that
 * a single unusual day does not count). Firsts of months are left out, because fees are charged on them. In the second
 * week of an account one sample has to do; before it, or where none is known, the median of the last seven known days.
 * @returns `NaN` where no day is known
 */
export function ordinaryCost(series: Series, days: DayGrid, at: number, known: KnownDays): number {
  const { from, until, isLeftOut } = known;
  const samples: number[] = [];
  let before = at - 7 * Math.max(1, Math.ceil((at - until + 1) / 7));
  for (let week = 0; week < WEEKS && before >= from && samples.length < WEEKDAYS; week += 1, before -= 7) {
    const value = series[before] ?? Number.NaN;
    if (Number.isNaN(value) || days.date[before] === 1 || isLeftOut?.[before] === 1) continue;
    samples.push(value);
  }
  return samples.length > 0 ? medianOf(samples) : lastWeek(series, known);
}

function lastWeek(series: Series, { from, until, isLeftOut }: KnownDays): number {
  const samples: number[] = [];
  for (let at = until - 1; at >= from && samples.length < 7; at -= 1) {
    const value = series[at] ?? Number.NaN;
    if (!Number.isNaN(value) && isLeftOut?.[at] !== 1) samples.push(value);
  }
  return medianOf(samples);
}
