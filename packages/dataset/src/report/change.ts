import {
  divideHalfEven,
  MONEY_DECIMALS,
  type Money,
  magnitude,
  rounded,
  subtract,
} from "@dapanoskop/core/money";
import { sentenceDecimals, signedTenthsText, signedText } from "./amounts.ts";

/** How an amount stands against an earlier one. */
export interface Change {
  readonly direction: "up" | "down" | "unchanged" | "new" | "unknown";
  /** Current minus previous, exact; `null` when one of the two is unknown. */
  readonly difference: Money | null;
  /** Tenths of a percent; `null` where a percentage would say nothing: against nothing, or against a negative. */
  readonly tenthsOfPercent: bigint | null;
}

/** Half a cent in units of 10^-12: less than this reads as nothing. */
const HALF_A_CENT = 5n * 10n ** BigInt(MONEY_DECIMALS - 3);

/** Less than half a cent, either way. */
export const isNothing = (money: Money): boolean => magnitude(money.units) < HALF_A_CENT;

/**
 * Compares two amounts as a person would say it: less than half a cent is unchanged, something against nothing is
 * new, and a percentage is given against a positive amount only. `null` is an amount that could not be known.
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

/** The amount of a change to the cent: `+$800.00`, `unchanged`, `new`, `unknown`. */
export function changeAmountText(change: Change): string {
  if (change.difference === null || change.direction === "unchanged") return change.direction;
  if (change.direction === "new") return change.direction;
  return signedText(roundedChange(change.difference, 2), change.difference.currency);
}

/** The percentage of a change: `+5.6 %`; empty where there is none to tell. */
export const changePercentText = ({ tenthsOfPercent }: Change): string =>
  tenthsOfPercent === null
    ? ""
    : tenthsOfPercent === 0n
      ? "< 0.1 %" // something did change: "+0.0 %" would deny it
      : signedTenthsText(tenthsOfPercent);

/** A change as a sentence has it: `+$800 (+5.6 %)`, `+$12.50 (new)`, `unchanged`, `unknown`. */
export function changeText(change: Change): string {
  if (change.difference === null || change.direction === "unchanged") return change.direction;
  const decimals = sentenceDecimals(change.difference);
  const amount = signedText(roundedChange(change.difference, decimals), change.difference.currency, decimals);
  const remark = change.direction === "new" ? "new" : changePercentText(change);
  return remark === "" ? amount : `${amount} (${remark})`;
}

/** Rounds a change that is one: exactly half a cent never reads as nothing. */
export function roundedChange(difference: Money, decimals: number): bigint {
  const shown = rounded(difference, decimals);
  return shown === 0n && decimals === 2 && !isNothing(difference)
    ? difference.units < 0n
      ? -1n
      : 1n
    : shown;
}
