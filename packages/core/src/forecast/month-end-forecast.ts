import { type Day, type Month, monthOf } from "../calendar/index.ts";
import type { DailyFigures } from "../daily/index.ts";
import type { Money } from "../money/index.ts";
import { monthsForecast } from "./months-forecast.ts";

/** What a running month will have cost at its end, with a range that was measured on the account's own months. */
export interface MonthEndForecast {
  /** The month of `through`. */
  readonly month: Month;
  /** The last day whose cost is known in full: the forecast is of the days after it. */
  readonly through: Day;
  readonly total: Money;
  /** The bounds of the range; both `null` where there are fewer than four past months whose forecast can be tested. */
  readonly low: Money | null;
  readonly high: Money | null;
  /** The share of months whose end should lie in the range. */
  readonly level: 0.8;
  /** How often it did, in past months forecast from the same day of the month; `null` where there are fewer than four to count. */
  readonly coverage: { readonly inside: number; readonly months: number } | null;
}

/**
 * The forecast of the month of the last complete day, from the days up to that one: what they cost, exactly, and for each
 * day that remains what its weekday costs and what recurs on its date, in whole cents. Charges that are no usage (fees,
 * tax, refunds, credits, support plans) are forecast apart from usage. The range is that of the errors of the same
 * forecast in past months: see `forecastRange`.
 * @returns `null` where no day is complete, where that day ends its month, and where less than a week is known
 */
export function monthEndForecast(figures: DailyFigures): MonthEndForecast | null {
  const { completeThrough: through } = figures;
  if (through === null) return null;
  const month = monthOf(through);
  const forecast = monthsForecast(figures, [month]);
  return forecast === null ? null : { month, through, ...forecast };
}
