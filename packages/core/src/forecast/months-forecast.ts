import { addDays, type Day, daysIn, firstDay, type Month } from "../calendar/index.ts";
import type { DailyFigures, DailyMonth } from "../daily/index.ts";
import { add, type Money, moneyFromNumber, sum } from "../money/index.ts";
import { type AccountDays, type AccountMonth, accountDays } from "./account-days.ts";
import { forecastRange, LEVEL, type MeasuredCoverage, monthOutlook } from "./forecast-range.ts";
import { wholeCents } from "./whole-cents.ts";

/** What consecutive months, of which the first is running, will have cost at the end of the last one. */
export interface MonthsForecast {
  readonly total: Money;
  /** The bounds of the range; both `null` where there are fewer than four past spans of as many months to test it on. */
  readonly low: Money | null;
  readonly high: Money | null;
  /** The share of spans whose end should lie in the range. */
  readonly level: typeof LEVEL;
  readonly coverage: MeasuredCoverage | null;
}

/** Days that must be known before a forecast: one of each weekday. */
const FEWEST_DAYS = 7;

/**
 * The forecast of consecutive months from the days through the last complete one: see `monthEndForecast`, which it is for a
 * single month. The range is that of past spans of as many months, forecast from the same day of their first month.
 * @param months consecutive, at least one; the first one is published
 * @returns `null` where no day is complete, where that day is not before the end of the span, and where less than a week is
 * known
 */
export function monthsForecast(figures: DailyFigures, months: readonly Month[]): MonthsForecast | null {
  const { completeThrough: through, currency } = figures;
  const [first] = months;
  const history = withMonths(figures.history, months);
  const account = through === null ? null : accountDays({ ...figures, history });
  if (through === null || account === null || first === undefined) return null;
  const all = spansOf(account, months.length);
  const span = all.find(({ month }) => month === first);
  const count = daysThrough(firstDay(first), through);
  if (span === undefined || count >= span.length) return null;
  if (knownDays(account, span, count) < FEWEST_DAYS) return null;

  const { remaining, size } = monthOutlook(account, span, count);
  const known = history
    .filter(({ month }) => months.includes(month))
    .flatMap(({ month, total }) => total.slice(0, Math.max(0, daysThrough(firstDay(month), through))))
    .flatMap((cost) => (cost === null ? [] : [moneyFromNumber(cost, currency)]));
  const total = add(sum(known, currency), wholeCents(remaining, currency));
  const { range, coverage } = forecastRange(account, all, span, count);
  const bound = (share: number) => add(total, wholeCents(share * size, currency));
  return {
    total,
    low: range === null ? null : bound(range.below),
    high: range === null ? null : bound(range.above),
    level: LEVEL,
    coverage,
  };
}

/** The days from `start` through a day; negative where it is before. */
const daysThrough = (start: Day, through: Day): number => daysIn({ start, end: addDays(through, 1) });

/** The months to come have no day yet. */
const withMonths = (history: readonly DailyMonth[], months: readonly Month[]): readonly DailyMonth[] => [
  ...history,
  ...months
    .filter((month) => history.every((one) => one.month < month))
    .map((month) => ({ month, isRunning: true, total: [], usage: [] })),
];

/** Every span of as many consecutive published months, by its first month. */
function spansOf({ months }: AccountDays, count: number): readonly AccountMonth[] {
  return months.flatMap((first, at) => {
    const span = months.slice(at, at + count);
    const length = span.reduce((days, month) => days + month.length, 0);
    const last = span.at(-1);
    if (span.length < count || last === undefined) return [];
    if (last.start + last.length !== first.start + length) return [];
    return [{ ...first, length, isWhole: span.every(({ isWhole }) => isWhole) }];
  });
}

function knownDays({ total }: AccountDays, { start }: AccountMonth, count: number): number {
  return total.slice(0, Math.max(0, start + count)).filter((cost) => !Number.isNaN(cost)).length;
}
