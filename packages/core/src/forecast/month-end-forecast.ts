import type { Day, Month } from "../calendar/index.ts";
import type { Money } from "../money/index.ts";

/** What a running month will have cost at its end, with a range that was measured on the account's own months. */
export interface MonthEndForecast {
  readonly month: Month;
  /** The last day whose cost is known in full: the forecast is of the days after it. */
  readonly through: Day;
  readonly total: Money;
  /** The bounds of the range. */
  readonly low: Money;
  readonly high: Money;
  /** The share of months whose end should lie in the range. */
  readonly level: 0.8;
  /** How often it did, in past months forecast from the same day of the month; `null` where there are too few to say. */
  readonly coverage: { readonly inside: number; readonly months: number } | null;
}
