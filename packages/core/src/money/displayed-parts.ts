import { MONEY_DECIMALS, type Money } from "./money.ts";

/**
 * The parts of a sum as a reader sees them: rounded so that they add up to the displayed whole. Each part is rounded
 * down, and the missing units go to the parts that lost most, the first of equals first: a third of 100.00 reads 33.34,
 * 33.33, 33.33. The whole is given because it may itself be a displayed part of a larger sum.
 * @param whole an integer count of 10^-`decimals`, as it is displayed
 * @returns the parts in their order, as integer counts of 10^-`decimals`
 */
export function displayedParts(whole: bigint, parts: readonly Money[], decimals = 2): readonly bigint[] {
  const unit = 10n ** BigInt(MONEY_DECIMALS - decimals);
  const displayed = parts.map(({ units }) => divideDown(units, unit));
  const missing = whole - displayed.reduce((total, part) => total + part, 0n);
  const count = BigInt(parts.length);
  // More than one unit a part is no rounding: these are not the parts of this whole, so each is rounded alone.
  if (missing < -count || missing > 2n * count) {
    return parts.map(({ units }) => divideDown(2n * units + unit, 2n * unit));
  }
  const byLoss = parts
    .map(({ units }, at) => ({ at, lost: units - (displayed[at] ?? 0n) * unit }))
    .sort((a, b) => (a.lost === b.lost ? a.at - b.at : a.lost > b.lost ? -1 : 1));
  const step = missing < 0n ? -1n : 1n;
  const order = missing < 0n ? byLoss.toReversed() : byLoss;
  for (let left = missing, next = 0; left !== 0n; left -= step, next += 1) {
    const at = order[next % order.length]?.at ?? 0;
    displayed[at] = (displayed[at] ?? 0n) + step;
  }
  return displayed;
}

const divideDown = (a: bigint, b: bigint) => (a >= 0n ? a / b : -((-a + b - 1n) / b));
