import { divideHalfEven, MONEY_DECIMALS, parseDecimal } from "../money/index.ts";
import type { ChargeQuantity, ResourceCharge } from "./resource-type.ts";

/** Hours of a month, as AWS's calculator and price pages count them: 365 days × 24 hours / 12 months. */
export const HOURS_A_MONTH = 730;

const ONE = 10n ** BigInt(MONEY_DECIMALS);

/** A JSON number as 10^-12 units, exactly by its shortest text. @throws RangeError when it is not finite */
export const decimalOf = (value: number): bigint =>
  Number.isSafeInteger(value) ? BigInt(value) * ONE : parseDecimal(String(value), MONEY_DECIMALS);

/** A month's quantity: the exact product of the factors. */
export function fixed(...factors: readonly number[]): ChargeQuantity {
  const expected = product(factors);
  return { kind: "fixed", expected, low: expected, high: expected };
}

/** The hours of `count` resources that run all month. */
export const monthHours = (count = 1): ChargeQuantity => fixed(count, HOURS_A_MONTH);

/** A quantity that is only known to lie in a range, such as the hours of an autoscaled group: each exact product. */
export function between(
  low: number,
  expected: number,
  high: number,
  ...factors: readonly number[]
): ChargeQuantity {
  const of = (value: number) => product([value, ...factors]);
  return { kind: "fixed", expected: of(expected), low: of(low), high: of(high) };
}

/** How a quantity is made of the values of the usage file. */
export interface UsageScale {
  /** Factors of the product, such as the memory of a function in GB. */
  readonly times?: readonly number[];
  readonly dividedBy?: number;
  /** These three: see `UsageQuantity`. The range is of the quantity, as `times` is. */
  readonly hoursFamily?: string;
  readonly range?: { readonly low: number; readonly high: number };
  readonly isIncluded?: boolean;
}

/** A quantity that depends on usage, by the keys of the usage file: one, or several that are multiplied. */
export function usage(
  keys: string | readonly [string, ...string[]],
  { times = [], dividedBy = 1, hoursFamily, range, isIncluded = false }: UsageScale = {},
): ChargeQuantity {
  const scaled = (value: number) => divideHalfEven(product([value, ...times]) * ONE, decimalOf(dividedBy));
  return {
    kind: "usage",
    usageKeys: typeof keys === "string" ? [keys] : keys,
    times: { numerator: product(times), denominator: decimalOf(dividedBy) },
    hoursFamily: hoursFamily ?? null,
    range: range === undefined ? null : { low: scaled(range.low), high: scaled(range.high) },
    isIncluded,
  };
}

/** A charge of every month. */
export function monthly(
  name: string,
  service: string,
  usageFamily: string,
  unit: string,
  quantity: ChargeQuantity,
  operation: string | null = null,
): ResourceCharge {
  return { name, key: { service, usageFamily, operation }, unit, quantity, isOneTime: false };
}

/** The product of numbers in 10^-12: exact, unless the product itself has more than twelve decimals. */
function product(factors: readonly number[]): bigint {
  const units = factors.reduce((whole, factor) => whole * decimalOf(factor), ONE);
  return divideHalfEven(units, ONE ** BigInt(factors.length));
}
