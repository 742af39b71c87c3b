import { decimalText, divideHalfEven, MONEY_DECIMALS, type Money } from "@dapanoskop/core/money";
import type { Quantity } from "@dapanoskop/core/usage";
import type { OperationContext } from "./operation.ts";

/** A metric's value in a response. It is a type, not an interface, because it must be assignable to JSON. */
export type MetricValue = { readonly Amount: string; readonly Unit: string };

/** Cost Explorer rounds each cell of a response, a group in a day or a month, to ten decimals. */
const CELL_DECIMALS = 10;
const UNITS_PER_LAST_DIGIT = 10n ** BigInt(MONEY_DECIMALS - CELL_DECIMALS);

/** An amount, with ten decimals or as many as the bill has; an exponent only with the fault `exponents`. */
export function costValue({ units, currency }: Money, context: OperationContext): MetricValue {
  const { revision } = context;
  const revised = revision === null ? units : divideHalfEven(units * revision, 10n ** BigInt(MONEY_DECIMALS));
  return { Amount: cellText(revised, context), Unit: currency };
}

/** A quantity, likewise. An absent quantity is 0 N/A, as in Cost Explorer for taxes and fees. */
export function quantityValue(quantity: Quantity | null, context: OperationContext): MetricValue {
  if (quantity === null) return { Amount: "0", Unit: "N/A" };
  return { Amount: cellText(quantity.units, context), Unit: quantity.unit };
}

function cellText(units: bigint, { exactAmounts, activeFaults }: OperationContext): string {
  const cell = exactAmounts ? units : divideHalfEven(units, UNITS_PER_LAST_DIGIT) * UNITS_PER_LAST_DIGIT;
  return amountText(cell, activeFaults.has("exponents"));
}

function amountText(units: bigint, exponents: boolean): string {
  if (!exponents || units === 0n) return decimalText(units, MONEY_DECIMALS);
  const digits = (units < 0n ? -units : units).toString();
  const fraction = digits.slice(1).replace(/0+$/, "");
  const exponent = digits.length - 1 - MONEY_DECIMALS;
  return `${units < 0n ? "-" : ""}${digits.slice(0, 1)}${fraction === "" ? "" : `.${fraction}`}E${exponent}`;
}
