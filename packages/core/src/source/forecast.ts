import { addDays, type Day, daysIn, type Window } from "../calendar/index.ts";
import { divideHalfEven, type Money, sum } from "../money/index.ts";

/** Days that a forecast looks back by itself: eight weeks. */
export const FORECAST_HISTORY_DAYS = 56;

/** Cost Explorer needs about one billing cycle of data; four weeks give each weekday four samples. */
const FORECAST_NEEDED_DAYS = 28;

export interface ForecastOptions {
  /** How far back to look, in days; only whole weeks count. */
  readonly historyDays?: number;
  /** The first day that is not known yet, where the window starts later than that. */
  readonly knownUntil?: Day;
}

/** What one day is expected to cost, with the least and the most that its weekday did cost in the weeks read. */
export interface DayForecast {
  readonly day: Day;
  readonly cost: Money;
  readonly low: Money;
  readonly high: Money;
}

/**
 * What the days of a window will cost: each the mean of the same weekday over the whole weeks (four to eight) before
 * the first day that is not known, rounded once to 10^-12. Firsts of months carry the month's fees and are only like
 * each other. A day without an entry, after the first one, cost nothing.
 * @param dailyTotals cost by day, all in one currency; days that are not known yet are not looked at
 * @returns `null` when the entries reach back less than 28 days
 */
export function forecastDays(
  dailyTotals: ReadonlyMap<Day, Money>,
  window: Window,
  { historyDays = FORECAST_HISTORY_DAYS, knownUntil = window.start }: ForecastOptions = {},
): readonly DayForecast[] | null {
  const until = knownUntil < window.start ? knownUntil : window.start;
  let firstDay = until;
  let currency: string | null = null;
  for (const [day, total] of dailyTotals) {
    if (day < firstDay) [firstDay, currency] = [day, total.currency];
  }
  const reach = Math.min(daysIn({ start: firstDay, end: until }), historyDays);
  if (currency === null || reach < FORECAST_NEEDED_DAYS) return null;

  const weeks = Math.floor(reach / 7);
  const known = Array.from({ length: weeks * 7 }, (_, ago) => addDays(until, -ago - 1));
  const likely = (alike: (day: Day) => boolean) =>
    dayForecast(
      known.filter(alike).map((day) => dailyTotals.get(day)?.units ?? 0n),
      currency,
    );
  const first = known.some(isFirst) ? likely(isFirst) : null;
  const byWeekday = Array.from({ length: 7 }, (_, ahead) =>
    likely((day) => !isFirst(day) && daysIn({ start: day, end: until }) % 7 === (7 - ahead) % 7),
  );
  const days = Array.from({ length: Math.max(0, daysIn(window)) }, (_, at) => addDays(window.start, at));
  return days.flatMap((day) => {
    const weekday = byWeekday[daysIn({ start: until, end: day }) % 7];
    const expected = (isFirst(day) ? first : null) ?? weekday;
    return expected === undefined ? [] : [{ day, ...expected }];
  });
}

/** The sum of `forecastDays`: what a `CostSource` answers to a forecast query. */
export function forecastFrom(
  dailyTotals: ReadonlyMap<Day, Money>,
  window: Window,
  options: ForecastOptions = {},
): Money | null {
  const days = forecastDays(dailyTotals, window, options);
  const [first] = days ?? [];
  if (days === null || first === undefined) return null;
  return sum(
    days.map(({ cost }) => cost),
    first.cost.currency,
  );
}

const isFirst = (day: Day) => day.endsWith("-01");

function dayForecast(samples: readonly bigint[], currency: string): Omit<DayForecast, "day"> {
  const total = samples.reduce((sofar, units) => sofar + units, 0n);
  const sorted = [...samples].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const money = (units = 0n): Money => ({ units, currency });
  return {
    cost: money(divideHalfEven(total, BigInt(samples.length))),
    low: money(sorted[0]),
    high: money(sorted.at(-1)),
  };
}
