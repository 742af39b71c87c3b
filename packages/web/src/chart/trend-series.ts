import type { Month } from "@dapanoskop/core/calendar";
import { moneyNumber } from "@dapanoskop/core/money";
import type { Trend } from "@dapanoskop/dataset";
import { threeMonthAverages } from "@dapanoskop/dataset/report";
import type { StackMonth } from "./stack-geometry.ts";

/** Cost centers that get a tone of their own; the rest stand together as one series. */
const TONES = 6;

/** The trend as a chart draws it: the largest centers by name, then all others as one. */
export interface TrendSeries {
  /** Largest first; `null` gathers the others, where there are any. */
  readonly names: readonly (string | null)[];
  readonly months: readonly StackMonth[];
}

/** How many months are shown, newest last: a year and the month to compare with. */
export const YEAR_AND_MONTH = 13;

/**
 * @param forecast where the running month will end; `null` where there is none
 * @param count `null` shows all
 */
export function trendSeries(
  trend: Trend,
  forecast: { period: Month; total: number } | null,
  count: number | null,
): TrendSeries {
  const shown = count === null ? trend.months : trend.months.slice(-count);
  const totals = new Map<string, number>();
  for (const { cost_centers } of shown) {
    for (const { name, cost_usd } of cost_centers)
      totals.set(name, (totals.get(name) ?? 0) + Math.abs(cost_usd));
  }
  const ranked = [...totals]
    .filter(([, total]) => total > 0)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  // One "other" alone is better named.
  const largest = ranked.slice(0, ranked.length === TONES + 1 ? TONES + 1 : TONES).map(([name]) => name);
  const place = new Map(largest.map((name, at) => [name, at]));
  const hasOthers = ranked.length > largest.length;
  const averages = threeMonthAverages(trend);
  return {
    names: hasOthers ? [...largest, null] : largest,
    months: shown.map(({ period, is_mtd, cost_centers }) => {
      const parts = Array<number>(largest.length + (hasOthers ? 1 : 0)).fill(0);
      for (const { name, cost_usd } of cost_centers) {
        const at = place.get(name) ?? largest.length;
        if (at < parts.length) parts[at] = (parts[at] ?? 0) + cost_usd;
      }
      const average = averages.get(period) ?? null;
      return {
        period,
        isRunning: is_mtd,
        parts,
        average: average === null ? null : moneyNumber(average),
        forecast: forecast?.period === period ? forecast.total : null,
      };
    }),
  };
}
