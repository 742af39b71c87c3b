import type { Month } from "@dapanoskop/core/calendar";
import type { MonthLedger } from "@dapanoskop/core/ledger";
import { isZero, moneyFromNumber, moneyText, subtract } from "@dapanoskop/core/money";
import type { IndexDocument } from "@dapanoskop/dataset";

/**
 * The closed months that differ from what is published of them as closed, each with a sentence: AWS revises a closed month
 * for days, and may open it again later.
 */
export function revisionsOf(
  ledgers: readonly MonthLedger[],
  index: IndexDocument | null,
): ReadonlyMap<Month, string> {
  return new Map(
    ledgers.flatMap(({ current, running }) => {
      const published = index?.snapshot[current.period];
      if (published === undefined || published.is_mtd || running !== null) return [];
      const before = moneyFromNumber(published.total_cost_usd, current.currency);
      const difference = subtract(current.total, before);
      if (isZero(difference)) return [];
      const sign = difference.units > 0n ? "+" : "";
      const isOpened = !published.estimated && current.estimated;
      const sentence =
        `${isOpened ? "open again and " : ""}revised by ${sign}${moneyText(difference)} ${current.currency}: ${moneyText(before)} as of ` +
        `${published.as_of}, now ${moneyText(current.total)}`;
      return [[current.period, sentence] as const];
    }),
  );
}
