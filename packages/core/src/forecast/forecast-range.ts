import type { AccountDays, AccountMonth } from "./account-days.ts";
import { expectedDay, recentDeviations } from "./expected-day.ts";
import { quantile } from "./quantile.ts";

/** The share of months whose end should lie in the range. */
export const LEVEL = 0.8;

/** Errors that a range of 80 % takes at the least: the largest of four sizes bounds four of five. */
const FEWEST_ERRORS = 4;

/** Months whose range was tested from which a count of them says something. */
const FEWEST_TESTED = 4;

/** Errors from which the range has a lower and an upper bound of their own: below nine, a tenth of them is none. */
const ERRORS_FOR_BOTH_SIDES = 9;

/** Days that are known before a month that is tested: two months, so that what recurs on a date is known. */
const DAYS_BEFORE = 59;

/** A month as it is forecast from one of its days, in the account's currency. */
export interface MonthOutlook {
  /** What the days cost that are known. */
  readonly known: number;
  /** What the others are expected to cost. */
  readonly remaining: number;
  /** The sum of the sizes of all days, which errors are measured against: a total near zero is no measure. */
  readonly size: number;
}

/** The forecast of a month after its first `count` days. A day among them that is not known is expected as well. */
export function monthOutlook(
  account: AccountDays,
  { start, length }: AccountMonth,
  count: number,
): MonthOutlook {
  const { days, parts, total } = account;
  const until = start + count;
  const known = { from: 0, until };
  const recents = parts.map((part) => ({ part, recent: recentDeviations(part.deviations, days, known) }));
  const outlook = { known: 0, remaining: 0, size: 0 };
  for (let at = start; at < start + length; at += 1) {
    const cost = at < until ? (total[at] ?? Number.NaN) : Number.NaN;
    if (!Number.isNaN(cost)) {
      outlook.known += cost;
      outlook.size += Math.abs(cost);
      continue;
    }
    for (const { part, recent } of recents) {
      const expected = expectedDay(part, days, at, recent, known);
      outlook.remaining += expected;
      outlook.size += Math.abs(expected);
    }
  }
  return outlook;
}

export interface ForecastRange {
  /** What to add to a forecast for its bounds, as shares of the size of its month. */
  readonly below: number;
  readonly above: number;
}

/** How often the ends of past months lay in the range of their forecast, from the same day of the month. */
export interface MeasuredCoverage {
  readonly inside: number;
  readonly months: number;
}

/**
 * The range of a forecast after `count` days of a month, out of the errors of the forecasts of the months before it from
 * the same day: each made with the days before that day alone. The bounds are the quantiles 0.1 and 0.9 of these errors;
 * of four to eight errors, the quantile 0.8 of their sizes, to both sides. The forecast itself is always inside. For the
 * coverage each past month has the range that the months before it give.
 * @param spans those that may be tested, oldest first: months of the account, or spans of some, which may overlap
 */
export function forecastRange(
  account: AccountDays,
  spans: readonly AccountMonth[],
  month: AccountMonth,
  count: number,
): { readonly range: ForecastRange | null; readonly coverage: MeasuredCoverage | null } {
  const errors: number[] = [];
  let [inside, months] = [0, 0];
  for (const past of spans) {
    if (past.start >= month.start) break;
    if (!past.isWhole || past.start < DAYS_BEFORE) continue;
    const error = errorOf(account, past, Math.min(count, past.length - 1));
    if (Number.isNaN(error)) continue;
    const range = rangeOf(errors);
    if (range !== null) {
      months += 1;
      if (error >= range.below && error <= range.above) inside += 1;
    }
    errors.push(error);
  }
  return { range: rangeOf(errors), coverage: months < FEWEST_TESTED ? null : { inside, months } };
}

/** How far a month ended from its forecast, as a share of its size; `NaN` where nothing was known or forecast to measure it by. */
function errorOf(account: AccountDays, month: AccountMonth, count: number): number {
  const { known, remaining, size } = monthOutlook(account, month, count);
  let actual = 0;
  for (let at = month.start; at < month.start + month.length; at += 1)
    actual += account.total[at] ?? Number.NaN;
  const error = actual - known - remaining;
  if (error === 0) return 0;
  return size === 0 ? Number.NaN : error / size;
}

function rangeOf(errors: readonly number[]): ForecastRange | null {
  if (errors.length < FEWEST_ERRORS) return null;
  if (errors.length < ERRORS_FOR_BOTH_SIDES) {
    const sizes = errors.map(Math.abs).sort((a, b) => a - b);
    const size = quantile(sizes, LEVEL);
    return { below: -size, above: size };
  }
  const sorted = [...errors].sort((a, b) => a - b);
  const tail = (1 - LEVEL) / 2;
  return { below: Math.min(0, quantile(sorted, tail)), above: Math.max(0, quantile(sorted, 1 - tail)) };
}
