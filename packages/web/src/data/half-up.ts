import { MONEY_DECIMALS, type Money, magnitude } from "@dapanoskop/core/money";

const CENT = 10n ** BigInt(MONEY_DECIMALS - 2);

/** Rounds a planned or limited amount to cents, halves away from zero: 16.425 reads 16.43. */
export function roundedHalfUp(money: Money): bigint {
  const size = (2n * magnitude(money.units) + CENT) / (2n * CENT);
  return money.units < 0n ? -size : size;
}
