import { addMonths, type Month } from "../calendar/index.ts";
import { divideHalfEven, type Money, sum } from "../money/index.ts";
import type { TrendFigures } from "./month-figures.ts";

/** Months of an average: the month itself and the two before it. */
const SPAN = 3;

/**
 * The three-month average at each month, `null` where there is none: a running month has no average and is in none, and
 * a missing month leaves the months after it without one.
 */
export function threeMonthAverages({ months, currency }: TrendFigures): ReadonlyMap<Month, Money | null> {
  const closed = new Map(
    months.filter(({ isRunning }) => !isRunning).map(({ month, total }) => [month, total]),
  );
  return new Map(months.map(({ month }) => [month, averageAt(month, closed, currency)]));
}

function averageAt(month: Month, closed: ReadonlyMap<Month, Money>, currency: string): Money | null {
  const totals = Array.from({ length: SPAN }, (_, back) => closed.get(addMonths(month, -back)));
  const known = totals.filter((total) => total !== undefined);
  if (known.length < SPAN) return null;
  return { units: divideHalfEven(sum(known, currency).units, BigInt(SPAN)), currency };
}
