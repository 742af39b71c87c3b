import { divideHalfEven, type Money } from "../money/index.ts";
import type { Rate } from "./rate.ts";

/**
 * What a month's quantity costs: each tier pays for what lies in it, `cost × quantity ÷ quantity paid for`, rounded half to
 * even at 10^-12.
 * @param quantity in 10^-12 of the rate's unit, not negative
 */
export function rateCost({ tiers }: Rate, quantity: bigint): Money {
  const [{ cost: first }] = tiers;
  let units = 0n;
  for (const [at, { from, cost, quantity: paidFor }] of tiers.entries()) {
    const until = tiers[at + 1]?.from ?? quantity;
    const within = (until < quantity ? until : quantity) - from;
    if (within > 0n) units += divideHalfEven(cost.units * within, paidFor);
  }
  return { units, currency: first.currency };
}
