import {
  addDays,
  eventMonth,
  type Instant,
  type Month,
  monthOf,
  monthsFrom,
} from "@dapanoskop/core/calendar";
import type { CostSource } from "@dapanoskop/core/source";
import type { IndexDocument } from "@dapanoskop/dataset";

/**
 * What a bill that ends by itself has, and what was collected of it, as a sentence: months that were left out, and are not
 * published, are named with the backfill that collects them. `null` for a source that goes on, as Cost Explorer does.
 * @param months the months of the collection
 */
export function billSpanText(
  { window, covers }: Pick<CostSource, "window" | "covers">,
  months: readonly Month[],
  index: IndexDocument | null,
  at: Instant,
): string | null {
  if (window === undefined) return null;
  const last = addDays(window.end, -1);
  const newest = eventMonth(at) < monthOf(last) ? eventMonth(at) : monthOf(last);
  const covered = monthsFrom(monthOf(window.start), newest).filter((month) => covers?.(month) ?? true);
  const collected = covered.filter((month) => months.includes(month));
  const leftOut = covered.filter((month) => !months.includes(month) && index?.snapshot[month] === undefined);
  const has = `The bill has charges from ${window.start} to ${last}; collected: ${spanOf(collected)}.`;
  const [oldest] = leftOut;
  if (oldest === undefined) return has;
  const backfill = monthsFrom(oldest, eventMonth(at)).length - 1;
  return `${has} Left out: ${spanOf(leftOut)}; --backfill ${backfill} collects ${leftOut.length === 1 ? "it" : "them"}.`;
}

/** `2025-11 to 2026-01`, or each month where some are missing in between. */
function spanOf(months: readonly Month[]): string {
  const [first] = months;
  const last = months.at(-1);
  if (first === undefined || last === undefined) return "no month";
  if (months.length > 2 && monthsFrom(first, last).length === months.length) return `${first} to ${last}`;
  return months.join(", ");
}
