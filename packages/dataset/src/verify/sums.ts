import { MONEY_DECIMALS, type Money, magnitude, moneyFromNumber, parseDecimal } from "@dapanoskop/core/money";
import type { Sum } from "./findings.ts";

/**
 * A double keeps 53 bits: it differs from the amount by at most half of the last bit, and the text of the double differs
 * from the double by as much again.
 */
const BITS_OF_A_DOUBLE = 52n;

/** One published amount: readers refuse what is larger than any amount. */
export function amountSum(value: number): Sum {
  const units = parseDecimal(String(value), MONEY_DECIMALS);
  const lost = magnitude(units) >> BITS_OF_A_DOUBLE;
  return { units, tolerance: lost === 0n ? 0n : lost + 1n };
}

export const nothing: Sum = { units: 0n, tolerance: 0n };

export const plus = (a: Sum, b: Sum): Sum => ({
  units: a.units + b.units,
  tolerance: a.tolerance + b.tolerance,
});

export const sumOf = (values: Iterable<number>): Sum => {
  let total = nothing;
  for (const value of values) total = plus(total, amountSum(value));
  return total;
};

/** A published difference as an amount. */
export const explained = (value: number): Money => moneyFromNumber(value, "");
