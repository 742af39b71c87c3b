import { divideHalfEven, MONEY_DECIMALS, type Money, magnitude, rounded, subtract } from "../money/index.ts";
import { changePart, type FigureFormats, type Sentence } from "./sentence.ts";

/** How an amount compares with an earlier one. */
export interface Change {
  readonly direction: "up" | "down" | "unchanged" | "new" | "unknown";
  /** Current minus previous, exact; `null` when one of the two is unknown. */
  readonly difference: Money | null;
  /** Tenths of a percent; `null` where a percentage would say nothing: against nothing, or against a negative amount. */
  readonly tenthsOfPercent: bigint | null;
}

/** Half a cent in units of 10^-12: less than this is displayed as nothing. */
const HALF_A_CENT = 5n * 10n ** BigInt(MONEY_DECIMALS - 3);

/** From here on, in whole units of the currency, a sentence leaves the cents out. */
const NO_CENTS_FROM = 100n * 10n ** BigInt(MONEY_DECIMALS);

/** Less than half a cent, either way. */
export const isNothing = (money: Money): boolean => magnitude(money.units) < HALF_A_CENT;

/**
 * Compares two amounts for a reader: less than half a cent is unchanged, something against nothing is new, and a
 * percentage is given against a positive amount only. `null` is an amount that could not be known.
 */
export function changeOf(current: Money | null, previous: Money | null): Change {
  if (current === null || previous === null) {
    return { direction: "unknown", difference: null, tenthsOfPercent: null };
  }
  const difference = subtract(current, previous);
  if (isNothing(difference)) return { direction: "unchanged", difference, tenthsOfPercent: null };
  if (isNothing(previous)) return { direction: "new", difference, tenthsOfPercent: null };
  return {
    direction: difference.units > 0n ? "up" : "down",
    difference,
    tenthsOfPercent: previous.units < 0n ? null : divideHalfEven(difference.units * 1000n, previous.units),
  };
}

/** The difference as an integer count of 10^-`decimals`. Exactly half a cent is a cent: it is not unchanged. */
export function roundedChange(difference: Money, decimals: number): bigint {
  const count = rounded(difference, decimals);
  if (count !== 0n || decimals !== 2 || isNothing(difference)) return count;
  return difference.units < 0n ? -1n : 1n;
}

/** The decimals of an amount in a sentence: none from 100 on. */
export const sentenceDecimals = (money: Money): number => (magnitude(money.units) >= NO_CENTS_FROM ? 0 : 2);

/** The amount of a change with its sign: `+$800.00`; or `unchanged`, `unknown`. */
export const changeAmountText = (
  { direction, difference }: Change,
  { signed }: Pick<FigureFormats, "signed">,
): string =>
  difference === null || direction === "unchanged"
    ? direction
    : signed(roundedChange(difference, 2), difference.currency);

/** What stands beside the amount of a change: `+5.6 %`, `new`; empty where a percentage would say nothing. */
export const changeRemark = (
  { direction, tenthsOfPercent }: Change,
  { changePercent }: Pick<FigureFormats, "changePercent">,
): string => {
  if (direction === "new") return "new";
  return tenthsOfPercent === null ? "" : changePercent(tenthsOfPercent);
};

/** A change within a sentence: `+$800 (+5.6 %)`, `+$12.50 (new)`, `unchanged`, `unknown`. */
export function changeSentence({ direction, difference, tenthsOfPercent }: Change): Sentence {
  if (difference === null || direction === "unchanged") return [direction];
  const decimals = sentenceDecimals(difference);
  const amount = changePart(roundedChange(difference, decimals), difference.currency, decimals);
  if (direction === "new") return [amount, " (new)"];
  return tenthsOfPercent === null
    ? [amount]
    : [amount, " (", { kind: "changePercent", tenths: tenthsOfPercent }, ")"];
}

/**
 * The percentage of a change: `+5.6 %`.
 * @param size writes a positive count of tenths as a number: `5.6`
 */
export function changePercentText(tenths: bigint, size: (tenths: bigint) => string): string {
  // There is a change, and "+0.0 %" would deny it.
  if (tenths === 0n) return `< ${size(1n)} %`;
  return `${tenths < 0n ? MINUS : "+"}${size(magnitude(tenths))} %`;
}

/** U+2212: as wide as the plus, and no hyphen. */
export const MINUS = "−";
