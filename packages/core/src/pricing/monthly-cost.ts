import { add, type Money, subtract, zero } from "../money/index.ts";
import type { MonthlyCost } from "./priced-resources.ts";

export const noCost = (currency: string): MonthlyCost => exactly(zero(currency));

const exactly = (cost: Money): MonthlyCost => ({ expected: cost, low: cost, high: cost });

export const addCosts = (a: MonthlyCost, b: MonthlyCost): MonthlyCost => ({
  expected: add(a.expected, b.expected),
  low: add(a.low, b.low),
  high: add(a.high, b.high),
});

/** What a cost changes by. An input that is a range is at the same end of it before and after. */
export function costDelta(before: MonthlyCost, after: MonthlyCost): MonthlyCost {
  const expected = subtract(after.expected, before.expected);
  const ends = [subtract(after.low, before.low), expected, subtract(after.high, before.high)];
  const smallestFirst = ends.sort((a, b) => (a.units < b.units ? -1 : a.units > b.units ? 1 : 0));
  return { expected, low: smallestFirst[0] ?? expected, high: smallestFirst[2] ?? expected };
}
