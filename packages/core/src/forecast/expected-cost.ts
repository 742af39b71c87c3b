import type { Day } from "../calendar/index.ts";
import type { DailyFigures } from "../daily/index.ts";
import type { Money } from "../money/index.ts";

/**
 * What a day was expected to cost in total, by the published days before it: its weekday, and what recurs on its date.
 * Rounded to cents.
 * @returns `null` where the days before it do not say
 */
export function expectedCost(_figures: DailyFigures, _day: Day): Money | null {
  return null;
}
