import { type Day, daysIn } from "../calendar/index.ts";
import type { DailyFigures } from "../daily/index.ts";
import type { Money } from "../money/index.ts";
import { accountDays } from "./account-days.ts";
import { expectedDay, recentDeviations } from "./expected-day.ts";
import { wholeCents } from "./whole-cents.ts";

/**
 * What a day was expected to cost in total, by the published days before it: what its weekday costs, and what recurs on
 * its date. In whole cents.
 * @returns `null` for a day of no published month, and where no day before it is known
 */
export function expectedCost(figures: DailyFigures, day: Day): Money | null {
  const account = accountDays(figures);
  if (account === null || day < account.days.first) return null;
  const at = daysIn({ start: account.days.first, end: day });
  if (at >= account.days.length) return null;
  const expected = account.parts.reduce((sum, part) => {
    const known = { from: 0, until: at };
    return (
      sum + expectedDay(part, account.days, at, recentDeviations(part.deviations, account.days, known), known)
    );
  }, 0);
  return Number.isNaN(expected) ? null : wholeCents(expected, figures.currency);
}
