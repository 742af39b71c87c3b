import { type Money, magnitude } from "../money/index.ts";
import type { Change } from "./change.ts";

/**
 * Whether a change is worth a mark: at least 10 % of what it was (or new, or gone), and at least 1 % of the whole bill.
 * The page explains this rule where it marks changes.
 * @param whole the month's total
 */
export function isSignificant({ difference, direction, tenthsOfPercent }: Change, whole: Money): boolean {
  if (difference === null || direction === "unchanged" || direction === "unknown") return false;
  if (tenthsOfPercent !== null && magnitude(tenthsOfPercent) < 100n) return false;
  return magnitude(difference.units) * 100n >= magnitude(whole.units);
}
