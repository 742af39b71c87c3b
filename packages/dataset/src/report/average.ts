import { addMonths, type Month } from "@dapanoskop/core/calendar";
import { divideHalfEven, type Money, moneyFromNumber, sum } from "@dapanoskop/core/money";
import type { Trend } from "../index.ts";

/** Months that an average spans: the month itself and the two before it. */
const SPAN = 3;

/**
 * The three-month average at each published month, `null` where there is none: a running month gets none and changes
 * none, and a month that is missing breaks the window instead of being skipped.
 */
export function threeMonthAverages(trend: Trend): ReadonlyMap<Month, Money | null> {
  const closed = new Map(
    trend.months
      .filter(({ is_mtd }) => !is_mtd)
      .map((month) => [month.period, moneyFromNumber(month.total_cost_usd, trend.currency)]),
  );
  return new Map(trend.months.map(({ period }) => [period, averageAt(period, closed, trend.currency)]));
}

function averageAt(period: Month, closed: ReadonlyMap<Month, Money>, currency: string): Money | null {
  const spanned = Array.from({ length: SPAN }, (_, back) => closed.get(addMonths(period, -back)));
  const known = spanned.filter((total) => total !== undefined);
  if (known.length < SPAN) return null;
  return { units: divideHalfEven(sum(known, currency).units, BigInt(SPAN)), currency };
}
