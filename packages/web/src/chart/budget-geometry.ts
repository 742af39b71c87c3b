/** The drawing of a budget, from 0 to 100 along its width. */
export interface BudgetGeometry {
  readonly used: number;
  /** Where the limit is. */
  readonly limit: number;
  /** Of the forecast; `null` where there is none. */
  readonly forecast: { readonly from: number; readonly to: number } | null;
  readonly thresholds: readonly number[];
}

/** Amounts of a budget in percent of its limit. */
export interface BudgetShares {
  readonly used: number;
  readonly forecast: { readonly low: number; readonly high: number } | null;
  readonly thresholds: readonly number[];
}

/** The least width of a forecast's range, so that it is seen. */
const LEAST_RANGE = 0.6;

/** Beyond this multiple of the limit a bar ends: the limit stays visible. */
const MOST = 300;

/** Places what was used, the forecast's range and the thresholds on one scale, which ends behind the largest of them. */
export function budgetGeometry({ used, forecast, thresholds }: BudgetShares): BudgetGeometry {
  const end = Math.min(MOST, Math.max(110, used * 1.05, (forecast?.high ?? 0) * 1.05));
  const at = (percent: number) => Math.round(Math.min(Math.max(percent, 0), end) * (10_000 / end)) / 100;
  return {
    used: at(used),
    limit: at(100),
    forecast: forecast === null ? null : visibleRange(at(forecast.low), at(forecast.high)),
    thresholds: thresholds.filter((percent) => percent < end && percent !== 100).map(at),
  };
}

function visibleRange(low: number, high: number): { readonly from: number; readonly to: number } {
  const from = Math.min(low, 100 - LEAST_RANGE);
  return { from, to: Math.max(high, from + LEAST_RANGE) };
}
