import type { PricedUse } from "@dapanoskop/core/insight";
import { moneyNumber } from "@dapanoskop/core/money";

/** What one unit cost on average; `null` without a quantity. */
export const unitPriceOf = (use: PricedUse | null): number | null =>
  use === null || use.quantity === null || use.quantity <= 0 ? null : moneyNumber(use.cost) / use.quantity;

/** The change of a unit price in percent, with one decimal; `null` where it is unknown or rounds to 0. */
export function priceChange(now: number | null, before: number | null): number | null {
  if (now === null || before === null || before <= 0) return null;
  const percent = Math.round((1000 * (now - before)) / before) / 10;
  return percent === 0 ? null : percent;
}
