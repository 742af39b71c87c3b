import { displayedParts, type Money, rounded, sum } from "@dapanoskop/core/money";
import type { Formats } from "../words/formats.ts";
import type { StackMonth } from "./stack-geometry.ts";

/** A number of whole currency units, to the cent. Charts hold numbers, because a pixel is coarser than a cent. */
export const chartAmount = (value: number, currency: string, formats: Formats): string =>
  formats.units(BigInt(Math.round(value * 100)), currency);

/** The amounts of one month of a trend in cents, as they are displayed: the parts add up to the total. */
export function displayedMonth(
  { parts }: Pick<StackMonth, "parts">,
  currency: string,
): { readonly total: bigint; readonly parts: readonly bigint[] } {
  const costs = parts.map((part) => moneyOf(part, currency));
  const total = rounded(sum(costs, currency));
  return { total, parts: displayedParts(total, costs) };
}

/** To the millionth of the currency: what a sum of numbers is off by does not reach that. */
const moneyOf = (value: number, currency: string): Money => ({
  units: BigInt(Math.round(value * 1e6)) * 1_000_000n,
  currency,
});
