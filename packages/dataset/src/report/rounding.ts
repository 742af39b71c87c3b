import { MONEY_DECIMALS, type Money } from "@dapanoskop/core/money";

/**
 * Rounds parts for a reader so that what is shown adds up to `whole`, a sum that was rounded before (cents, with two
 * decimals). Each part is rounded down, and the units that are missing go to the parts that lost most, the first of
 * equals first. `roundTogether` finds its own whole; here it is given, because a center's workloads must add up to
 * the center as it stands above them.
 */
export function roundToWhole(parts: readonly Money[], whole: bigint, decimals = 2): readonly bigint[] {
  if (parts.length === 0) return [];
  const unit = 10n ** BigInt(MONEY_DECIMALS - decimals);
  const shown = parts.map(({ units }) => floorDivide(units, unit));
  const byLoss = parts
    .map(({ units }, at) => ({ at, lost: units - (shown[at] ?? 0n) * unit }))
    .sort((a, b) => (a.lost === b.lost ? a.at - b.at : a.lost > b.lost ? -1 : 1));
  const missing = whole - shown.reduce((total, part) => total + part, 0n);
  // More than one unit a part is no rounding: the parts are not those of this whole, and are shown as they are.
  if (missing < -BigInt(parts.length) || missing > 2n * BigInt(parts.length)) {
    return parts.map(({ units }) => floorDivide(2n * units + unit, 2n * unit));
  }
  const step = missing < 0n ? -1n : 1n;
  const order = missing < 0n ? byLoss.toReversed() : byLoss;
  for (let left = missing, next = 0; left !== 0n; left -= step, next += 1) {
    const at = order[next % order.length]?.at ?? 0;
    shown[at] = (shown[at] ?? 0n) + step;
  }
  return shown;
}

const floorDivide = (a: bigint, b: bigint) => (a >= 0n ? a / b : -((-a + b - 1n) / b));
