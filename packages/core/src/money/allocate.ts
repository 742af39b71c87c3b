import { type Money, magnitude } from "./money.ts";

/**
 * Splits an amount by weights and keeps every unit: the shares sum to the amount, exactly. Units that a division
 * leaves over go to the shares that lost most, the first of equals first, so the order of the weights is the only
 * thing that decides.
 * @param weights not negative, at least one above 0
 * @throws RangeError when there is nothing to split by
 */
export function allocate<C extends string>(
  amount: Money<C>,
  weights: readonly bigint[],
): readonly Money<C>[] {
  const whole = weights.reduce((total, weight) => total + weight, 0n);
  if (whole <= 0n || weights.some((weight) => weight < 0n)) {
    throw new RangeError("An amount is split by weights that are not negative and not all zero.");
  }
  const size = magnitude(amount.units);
  const shares = weights.map((weight) => (size * weight) / whole);
  let left = size - shares.reduce((total, share) => total + share, 0n);
  const byLoss = weights
    .map((weight, at) => ({ at, lost: (size * weight) % whole }))
    .sort((a, b) => (a.lost === b.lost ? a.at - b.at : a.lost > b.lost ? -1 : 1));
  for (const { at } of byLoss) {
    if (left === 0n) break;
    shares[at] = (shares[at] ?? 0n) + 1n;
    left -= 1n;
  }
  const sign = amount.units < 0n ? -1n : 1n;
  return shares.map((share) => ({ units: sign * share, currency: amount.currency }));
}
