import {
  addMonths,
  dayOfInstant,
  eventMonth,
  type Instant,
  type Month,
  monthsFrom,
} from "@dapanoskop/core/calendar";
import { add, subtract } from "@dapanoskop/core/money";
import type { Bill, Charge } from "@dapanoskop/core/source";
import { daysOfMonth } from "./company-day.ts";
import { creditOn, reservationFees, sumOf, supportFees, tax } from "./invoice.ts";
import { COST_CATEGORY, costCenters, SHARED } from "./labels.ts";
import { installMeters, type Meter } from "./meter.ts";
import { savingsPlanOn } from "./savings-plan.ts";
import { bitsOf } from "./seeded-bits.ts";
import { CURRENCY, usageOn, type Writer, writerOf } from "./usage.ts";

export interface DemoCompanyOptions {
  /** Selects the company: equal seeds give equal bills. */
  readonly seed?: number | string;
  /** The event's time. The bill has charges up to the day before it. */
  readonly at: Instant;
  /** Number of whole months before the event's. 26 months give each month of a 13-month backfill a year of history. */
  readonly months?: number;
}

/**
 * The bill of an invented company. Equal seeds and days give equal bills. A day's charges depend on the seed and the day
 * alone, so tomorrow's bill contains the same charges for every past day, and one day more.
 * @throws RangeError when `months` is not a whole number of months
 */
export function demoCompany({ seed = "dapanoskop", at, months = 26 }: DemoCompanyOptions): Bill {
  if (!Number.isSafeInteger(months) || months < 0) {
    throw new RangeError(`The demo company's history must be a whole number of months, not ${months}.`);
  }
  const today = dayOfInstant(at);
  const bits = bitsOf(String(seed));
  const meters = installMeters(bits);
  const writers = meters.map(writerOf);
  const running = eventMonth(at);
  return {
    currency: CURRENCY,
    charges: monthsFrom(addMonths(running, -months), running).flatMap((month) => {
      const charges = chargesOf(month, bits, meters, writers);
      return month === running ? charges.filter(({ day }) => day < today) : charges;
    }),
    costCategories: [
      {
        name: COST_CATEGORY,
        splitCharges: [
          {
            source: SHARED,
            targets: costCenters.filter((center) => center !== SHARED),
            method: { kind: "proportional" },
          },
        ],
      },
    ],
  };
}

/**
 * The charges of a whole month, ordered by day. The charges that the invoice dates on the first depend on every day of
 * the month, in a running month on future days as well; otherwise the charges of the first would change every day.
 */
function chargesOf(
  month: Month,
  seed: number,
  meters: readonly Meter[],
  writers: readonly Writer[],
): readonly Charge[] {
  const days = daysOfMonth(month);
  const daily: Charge[] = [];
  const credits: Charge[] = [];
  for (const day of days) {
    const usage = usageOn(day, seed, writers);
    const credit = creditOn(day, seed);
    daily.push(...usage, ...savingsPlanOn(day, usage), ...credit);
    credits.push(...credit);
  }
  const fees = reservationFees(month, days.length, meters);
  const charged = add(sumOf(fees), sumOf(daily));
  const support = supportFees(month, subtract(charged, sumOf(credits)));
  return [tax(month, add(charged, sumOf(support))), ...support, ...fees, ...daily];
}
