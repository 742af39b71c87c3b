import { type Day, type Month, monthOf } from "../calendar/index.ts";
import type { DailyFigures } from "../daily/index.ts";
import { add, type Money, moneyFromNumber, sum } from "../money/index.ts";
import { type AccountDays, type AccountMonth, accountDays } from "./account-days.ts";
import { forecastRange, LEVEL, monthOutlook } from "./forecast-range.ts";
import { wholeCents } from "./whole-cents.ts";

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

/** Days that must be known before a forecast: one of each weekday. */
const FEWEST_DAYS = 7;

/**
 * The forecast of the month of the last complete day, from the days up to that one: what they cost, exactly, and for each
 * day that remains what its weekday costs and what recurs on its date, in whole cents. Charges that are no usage (fees,
 * tax, refunds, credits, support plans) are forecast apart from usage. The range is that of the errors of the same
 * forecast in past months: see `forecastRange`.
 * @returns `null` where no day is complete, where that day ends its month, and where less than a week is known
 */
export function monthEndForecast(figures: DailyFigures): MonthEndForecast | null {
  const { completeThrough: through, currency, history } = figures;
  const account = through === null ? null : accountDays(figures);
  if (through === null || account === null) return null;
  const month = account.months.find((one) => one.month === monthOf(through));
  const costs = history.find((one) => one.month === monthOf(through))?.total;
  const count = Number(through.slice(8));
  if (month === undefined || costs === undefined || count >= month.length) return null;
  if (knownDays(account, month, count) < FEWEST_DAYS) return null;

  const { remaining, size } = monthOutlook(account, month, count);
  const known = costs
    .slice(0, count)
    .flatMap((cost) => (cost === null ? [] : [moneyFromNumber(cost, currency)]));
  const total = add(sum(known, currency), wholeCents(remaining, currency));
  const { range, coverage } = forecastRange(account, month, count);
  const bound = (share: number) => add(total, wholeCents(share * size, currency));
  return {
    month: month.month,
    through,
    total,
    low: range === null ? null : bound(range.below),
    high: range === null ? null : bound(range.above),
    level: LEVEL,
    coverage,
  };
}

function knownDays({ total }: AccountDays, { start }: AccountMonth, count: number): number {
  return total.slice(0, start + count).filter((cost) => !Number.isNaN(cost)).length;
}
