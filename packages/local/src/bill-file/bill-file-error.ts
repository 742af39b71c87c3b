import { type Money, moneyText } from "@dapanoskop/core/money";
import { CostSourceError, type CostSourceFailure } from "@dapanoskop/core/source";

/** A bill file that cannot be read: which file, where in it, what is wrong, what to do. The error is of no window. */
export function billFileError(
  message: string,
  { failure = "validation", cause }: { failure?: CostSourceFailure; cause?: unknown } = {},
): CostSourceError {
  return new CostSourceError(failure, null, message, cause === undefined ? undefined : { cause });
}

export const messageOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));

/** "47 USD", exact. */
export const amountText = (money: Money) => `${moneyText(money)} ${money.currency}`.trim();
