import type { Month } from "@dapanoskop/core/calendar";
import { threeMonthAverages } from "@dapanoskop/core/insight";
import { moneyFromNumber, moneyNumber } from "@dapanoskop/core/money";
import type { TrendSeries } from "./trend-series.ts";

/** A month of one cost center or workload. */
export interface MonthCost {
  readonly period: Month;
  readonly isRunning: boolean;
  /** In whole units of the currency; `null` where it had no cost, or where the cost is not loaded yet. */
  readonly cost: number | null;
}

/**
 * The cost of one cost center or workload by month. Months without a known cost do not count in the averages.
 * @param count as for `costCenterSeries`
 */
export function singleSeries(
  name: string,
  history: readonly MonthCost[],
  currency: string,
  count: number | null,
): TrendSeries {
  const averages = threeMonthAverages({
    currency,
    months: history.flatMap(({ period, isRunning, cost }) =>
      cost === null ? [] : [{ month: period, isRunning, total: moneyFromNumber(cost, currency) }],
    ),
  });
  const shown = count === null ? history : history.slice(-count);
  return {
    names: [name],
    months: shown.map(({ period, isRunning, cost }) => {
      const average = averages.get(period) ?? null;
      return {
        period,
        isRunning,
        parts: [cost ?? 0],
        average: average === null ? null : moneyNumber(average),
        forecast: null,
      };
    }),
  };
}
