import { decimalNumber, decimalText, divideHalfEven, parseDecimal } from "./decimal.ts";
import { MONEY_DECIMALS, type Money, magnitude } from "./money.ts";

/**
 * Parses an amount as a bill writes it: `"12.3"`, `"-0.0000000001"`, `"1E-7"`.
 * @throws RangeError on anything that is not a finite decimal number
 */
export function parseMoney<C extends string>(text: string, currency: C): Money<C> {
  return { units: parseDecimal(text, MONEY_DECIMALS), currency };
}

/** The exact decimal text: `"0.004"`. */
export const moneyText = (money: Money) => decimalText(money.units, MONEY_DECIMALS);

/** The double nearest to the exact amount: what JSON and parquet carry. Never rounded to cents. */
export const moneyNumber = (money: Money) => decimalNumber(money.units, MONEY_DECIMALS);

/** Reads an amount back from a published double: the shortest decimal that names it. */
export function moneyFromNumber<C extends string>(value: number, currency: C): Money<C> {
  return parseMoney(String(value), currency);
}

/** Rounds once, for a reader: an integer count of 10^-`decimals`, ties to even. */
export function rounded(money: Money, decimals = 2): bigint {
  return divideHalfEven(money.units, 10n ** BigInt(MONEY_DECIMALS - decimals));
}

/**
 * Rounds once, for a reader, halves away from zero, as AWS's price lists and calculators do: 16.425 reads 16.43. Published
 * figures of bills are rounded by `rounded`.
 */
export function roundedHalfUp({ units }: Money, decimals = 2): bigint {
  const unit = 10n ** BigInt(MONEY_DECIMALS - decimals);
  const size = (2n * magnitude(units) + unit) / (2n * unit);
  return units < 0n ? -size : size;
}
