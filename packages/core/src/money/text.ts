import { decimalNumber, decimalText, divideHalfEven, parseDecimal } from "./decimal.ts";
import { MONEY_DECIMALS, type Money } from "./money.ts";

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
 * Rounds parts for a reader so that what is shown adds up to the rounded whole: each part is rounded down, and the
 * units that are missing go to the parts that lost most, the first of equals first.
 * A third of 100.00 reads 33.34, 33.33, 33.33.
 */
export function roundTogether(parts: readonly Money[], decimals = 2): readonly bigint[] {
  const unit = 10n ** BigInt(MONEY_DECIMALS - decimals);
  const floors = parts.map(({ units }) => (units >= 0n ? units / unit : -((-units + unit - 1n) / unit)));
  const whole = divideHalfEven(
    parts.reduce((total, { units }) => total + units, 0n),
    unit,
  );
  let missing = whole - floors.reduce((total, part) => total + part, 0n);
  const lost = parts.map(({ units }, at) => ({ at, lost: units - (floors[at] ?? 0n) * unit }));
  lost.sort((a, b) => (a.lost === b.lost ? a.at - b.at : a.lost > b.lost ? -1 : 1));
  const shown = [...floors];
  for (const { at } of lost) {
    if (missing <= 0n) break;
    shown[at] = (shown[at] ?? 0n) + 1n;
    missing -= 1n;
  }
  return shown;
}
