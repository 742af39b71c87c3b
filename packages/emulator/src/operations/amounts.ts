import { decimalText, divideHalfEven, MONEY_DECIMALS, type Money } from "@dapanoskop/core/money";
import type { Quantity } from "@dapanoskop/core/usage";
import type { OperationContext } from "./operation.ts";

/** A metric's value as an answer carries it. A type, not an interface: it is JSON. */
export type MetricValue = { readonly Amount: string; readonly Unit: string };

/** An amount, exact: as many decimals as the bill has, at most twelve, and an exponent only where a fault wants one. */
export function costValue(
  { units, currency }: Money,
  { revision, activeFaults }: OperationContext,
): MetricValue {
  const told = revision === null ? units : divideHalfEven(units * revision, 10n ** BigInt(MONEY_DECIMALS));
  return { Amount: amountText(told, activeFaults.has("exponents")), Unit: currency };
}

/** A quantity; what carries none reads 0 N/A, as Cost Explorer has it for taxes and fees. */
export function quantityValue(quantity: Quantity | null, { activeFaults }: OperationContext): MetricValue {
  if (quantity === null) return { Amount: "0", Unit: "N/A" };
  return { Amount: amountText(quantity.units, activeFaults.has("exponents")), Unit: quantity.unit };
}

function amountText(units: bigint, exponents: boolean): string {
  if (!exponents || units === 0n) return decimalText(units, MONEY_DECIMALS);
  const digits = (units < 0n ? -units : units).toString();
  const fraction = digits.slice(1).replace(/0+$/, "");
  const exponent = digits.length - 1 - MONEY_DECIMALS;
  return `${units < 0n ? "-" : ""}${digits.slice(0, 1)}${fraction === "" ? "" : `.${fraction}`}E${exponent}`;
}
