import { MONEY_DECIMALS, type Money, magnitude, moneyFromNumber, parseDecimal } from "../../money/index.ts";
import type { Sum } from "./findings.ts";

/** A double keeps 53 bits: half of the last one is what it may stand off the amount it was made from. */
const BITS_OF_A_DOUBLE = 53n;

/** One published amount. */
export function amountSum(value: number): Sum {
  const units = parseDecimal(String(value), MONEY_DECIMALS);
  return { units, slack: magnitude(units) >> BITS_OF_A_DOUBLE };
}

export const nothing: Sum = { units: 0n, slack: 0n };

export const plus = (a: Sum, b: Sum): Sum => ({ units: a.units + b.units, slack: a.slack + b.slack });

export const sumOf = (values: Iterable<number>): Sum => {
  let total = nothing;
  for (const value of values) total = plus(total, amountSum(value));
  return total;
};

/** A published difference, as an amount that explains one. */
export const explained = (value: number): Money => moneyFromNumber(value, "");
