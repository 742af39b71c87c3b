/** A decimal number as text: what Cost Explorer, CUR and FOCUS write. Exponents are possible. */
const DECIMAL = /^([+-]?)(\d{0,40})(?:\.(\d{0,60}))?(?:[eE]([+-]?\d{1,3}))?$/;

/**
 * No bill has larger exponents; they also bound the work that a hostile string can cause. Files write
 * doubles such as 4.9E-324, of which nothing is left.
 */
const SMALLEST_EXPONENT = -400;
const LARGEST_EXPONENT = 40;

/**
 * Parses a decimal string to an integer count of 10^-`decimals`.
 * Digits beyond that are rounded half to even, once: what is lost is at most half a unit a number.
 * @throws RangeError on anything that is not a finite decimal number
 */
export function parseDecimal(text: string, decimals: number): bigint {
  const match = text.length <= 120 ? DECIMAL.exec(text) : null;
  const [, sign, whole = "", fraction = "", exponentText = "0"] = match ?? [];
  const exponent = Number(exponentText);
  const isMeant = exponent >= SMALLEST_EXPONENT && exponent <= LARGEST_EXPONENT;
  if (match === null || whole.length + fraction.length === 0 || !isMeant) {
    throw new RangeError(`${JSON.stringify(text.slice(0, 60))} is not a decimal number.`);
  }
  const shift = decimals + exponent - fraction.length;
  const digits = BigInt(whole + fraction);
  const size = shift >= 0 ? digits * 10n ** BigInt(shift) : divideHalfEven(digits, 10n ** BigInt(-shift));
  return sign === "-" ? -size : size;
}

/** `numerator / denominator`, rounded to the nearest integer, ties to even. The denominator is positive. */
export function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n;
  const size = negative ? -numerator : numerator;
  const quotient = size / denominator;
  const twice = 2n * (size % denominator);
  const up = twice > denominator || (twice === denominator && quotient % 2n === 1n);
  const rounded = up ? quotient + 1n : quotient;
  return negative ? -rounded : rounded;
}

/** The plain decimal text of an integer count of 10^-`decimals`: no exponent, no trailing zeros. */
export function decimalText(units: bigint, decimals: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, "");
  return `${units < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
}

/**
 * The double nearest to an integer count of 10^-`decimals`, at most 22 of them: what JSON and parquet carry. Below 2^53
 * units both sides of the division are exact, so it rounds once, as reading the decimal text does.
 */
export function decimalNumber(units: bigint, decimals: number): number {
  if (units <= LARGEST_EXACT && units >= -LARGEST_EXACT) return Number(units) / 10 ** decimals;
  return Number(decimalText(units, decimals));
}

const LARGEST_EXACT = BigInt(Number.MAX_SAFE_INTEGER);
