import type { DailyUsageType } from "../daily/index.ts";
import { type DayGrid, ordinaryCost, seriesOf } from "../forecast/index.ts";
import type { Anomaly } from "./anomaly.ts";

/** The part of a change that makes it the cause alone. */
const ALONE = 0.8;

/** The part of an excess that usage types with quantities must explain before a cause is named. */
const EXPLAINED = 0.5;

/**
 * What moved, by the variance analysis of cost accounting: of each usage type the change of the quantity at the expected
 * price, and the change of the price at the quantity of the day; together they are its change. The expected price is the
 * expected cost by the expected quantity, both of the same weekdays before the event.
 */
export function causeOf(
  usageTypes: readonly DailyUsageType[],
  days: DayGrid,
  { at, since, excess }: { readonly at: number; readonly since: number; readonly excess: number },
): Anomaly["cause"] {
  let [byPrice, byQuantity] = [0, 0];
  for (const { costs, quantities } of usageTypes) {
    const [cost, quantity] = [costs[at] ?? null, quantities[at] ?? null];
    if (cost === null || quantity === null || quantity === 0) continue;
    const known = { from: 0, until: since };
    const expectedCost = ordinaryCost(seriesOf(costs), days, at, known);
    const expectedQuantity = ordinaryCost(seriesOf(quantities), days, at, known);
    if (Number.isNaN(expectedCost) || Number.isNaN(expectedQuantity)) continue;
    const price = expectedQuantity === 0 ? cost / quantity : expectedCost / expectedQuantity;
    byQuantity += (quantity - expectedQuantity) * price;
    byPrice += cost - quantity * price;
  }
  const change = Math.abs(byPrice) + Math.abs(byQuantity);
  if (change < EXPLAINED * Math.abs(excess)) return null;
  if (Math.abs(byPrice) >= ALONE * change) return "price";
  return Math.abs(byQuantity) >= ALONE * change ? "quantity" : "price and quantity";
}
