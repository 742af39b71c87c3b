import type { Month } from "@dapanoskop/core/calendar";
import { threeMonthAverages } from "@dapanoskop/core/insight";
import { moneyNumber } from "@dapanoskop/core/money";
import { type Trend, trendFigures } from "@dapanoskop/dataset";
import type { StackMonth } from "./stack-geometry.ts";

/** Cost centers that get a series of their own; the others are drawn together as one series. */
const NAMED_SERIES = 6;

/** What the series of all others is called. */
export const OTHERS = "All others";

/** The months of a trend as a chart draws them: one series for each name. */
export interface TrendSeries {
  /** Largest first; `null`, where present, is all others together. */
  readonly names: readonly (string | null)[];
  readonly months: readonly StackMonth[];
}

/** How many months a trend shows at first: a year, and the same month of the year before. */
export const YEAR_AND_MONTH = 13;

/**
 * The cost of all cost centers by month.
 * @param forecast the expected total of the running month; `null` where there is none
 * @param count how many months to show, counted from the newest; `null` shows all
 */
export function costCenterSeries(
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
  // A single other cost center keeps its name.
  const named = ranked.length === NAMED_SERIES + 1 ? NAMED_SERIES + 1 : NAMED_SERIES;
  const largest = ranked.slice(0, named).map(([name]) => name);
  const position = new Map(largest.map((name, at) => [name, at]));
  const hasOthers = ranked.length > largest.length;
  const averages = threeMonthAverages(trendFigures(trend));
  return {
    names: hasOthers ? [...largest, null] : largest,
    months: shown.map(({ period, is_mtd, cost_centers }) => {
      const parts = Array<number>(largest.length + (hasOthers ? 1 : 0)).fill(0);
      for (const { name, cost_usd } of cost_centers) {
        const at = position.get(name) ?? largest.length;
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
