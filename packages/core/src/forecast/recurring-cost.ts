import { type DayGrid, medianOf, type Series } from "./day-grid.ts";

/** Months that say what recurs on a date: what two of three have. */
const MONTHS = 3;

/** Days around a date that a charge on it must stand out from, on either side. */
const NEIGHBOURS = 3;

/** How far a charge must stand out, in typical deviations of a day. */
const DISTINCT = 4;

/** What stood out on the same date of the months before, newest first: at most three amounts, beyond the ordinary cost. */
export type DateCharges = readonly number[];

/**
 * What recurs on the date of a day: a fee on the 1st or the 3rd, a credit on the last day. The median of what stood out on
 * that date in the last three months, so what two of three have; of two months, the one nearer to zero, if both agree.
 * After one month only the 1st counts: AWS charges its monthly fees on that day. The last day of a month is also compared
 * with last days, whatever their date.
 * @param typical what a day typically deviates from its ordinary cost: what does not stand out from that is not a charge
 */
export function recurringCost(charges: DateCharges, isFirst: boolean, typical: number): number {
  const cost = agreed(charges, isFirst);
  return isDistinct(cost, typical) ? cost : 0;
}

/** Whether a deviation stands out from typical ones. */
export const isDistinct = (deviation: number, typical: number): boolean =>
  Math.abs(deviation) > DISTINCT * typical;

function agreed(charges: DateCharges, isFirst: boolean): number {
  const [newest = 0, before = 0] = charges;
  if (charges.length >= MONTHS) return medianOf([...charges]);
  if (charges.length === 1) return isFirst ? newest : 0;
  if (newest * before <= 0) return 0;
  return Math.abs(newest) < Math.abs(before) ? newest : before;
}

/**
 * What stood out on the date of a day in the months before.
 * @param deviations of each day from its ordinary cost
 * @param until the first day that is not known
 */
export function chargesOnDate(deviations: Series, days: DayGrid, at: number, until: number): DateCharges {
  const byDate = chargesAt(sameDates(days, at), deviations, until);
  if (days.fromEnd[at] !== 1) return byDate;
  const byEnd = chargesAt(lastDays(days, at), deviations, until);
  return Math.abs(agreed(byEnd, false)) > Math.abs(agreed(byDate, false)) ? byEnd : byDate;
}

function chargesAt(dates: readonly number[], deviations: Series, until: number): DateCharges {
  const charges: number[] = [];
  for (const at of dates) {
    const charge = at < until ? standingOut(deviations, at, until) : Number.NaN;
    if (!Number.isNaN(charge)) charges.push(charge);
    if (charges.length === MONTHS) break;
  }
  return charges;
}

/** By how much a day deviates more than the days around it: a level that changed on that day does not stand out. */
function standingOut(deviations: Series, at: number, until: number): number {
  const around: number[] = [];
  for (let near = Math.max(0, at - NEIGHBOURS); near <= at + NEIGHBOURS && near < until; near += 1) {
    const deviation = deviations[near] ?? Number.NaN;
    if (near !== at && !Number.isNaN(deviation)) around.push(deviation);
  }
  const deviation = deviations[at] ?? Number.NaN;
  return around.length === 0 ? deviation : deviation - medianOf(around);
}

/** The days of the same date in the months before, newest first; months that are too short have none. */
function sameDates(days: DayGrid, at: number): readonly number[] {
  const date = days.date[at] ?? 1;
  const found: number[] = [];
  for (let last = at - date; last >= 0 && found.length < MONTHS + 1; ) {
    const length = days.date[last] ?? 0;
    const same = last - length + date;
    if (date <= length && same >= 0) found.push(same);
    last -= length;
  }
  return found;
}

function lastDays(days: DayGrid, at: number): readonly number[] {
  const found: number[] = [];
  for (let last = at - (days.date[at] ?? 1); last >= 0 && found.length < MONTHS; ) {
    found.push(last);
    last -= days.date[last] ?? 31;
  }
  return found;
}
