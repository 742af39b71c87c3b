import { type Money, moneyFromNumber } from "../money/index.ts";

/** An amount that was computed in plain numbers: an estimate has no finer digits than a reader sees. */
export function wholeCents(amount: number, currency: string): Money {
  return moneyFromNumber(Number(amount.toFixed(2)), currency);
}
