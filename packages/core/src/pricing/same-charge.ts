import type { ChargeQuantity, ResourceCharge } from "./resource-type.ts";

/** Whether two charges are for the same: their cost, known or not, is the same. */
export function isSameCharge(a: ResourceCharge, b: ResourceCharge): boolean {
  return (
    a.key.service === b.key.service &&
    a.key.usageFamily === b.key.usageFamily &&
    a.key.operation === b.key.operation &&
    a.key.region === b.key.region &&
    a.unit === b.unit &&
    a.isOneTime === b.isOneTime &&
    isSameQuantity(a.quantity, b.quantity)
  );
}

function isSameQuantity(a: ChargeQuantity, b: ChargeQuantity): boolean {
  if (a.kind === "fixed" || b.kind === "fixed") {
    return a.kind === "fixed" && b.kind === "fixed" && a.expected === b.expected && isSameRange(a, b);
  }
  return (
    a.usageKeys.length === b.usageKeys.length &&
    a.usageKeys.every((key, at) => key === b.usageKeys[at]) &&
    a.times.numerator === b.times.numerator &&
    a.times.denominator === b.times.denominator &&
    (a.range === null || b.range === null ? a.range === b.range : isSameRange(a.range, b.range))
  );
}

const isSameRange = (
  a: { readonly low: bigint; readonly high: bigint },
  b: { readonly low: bigint; readonly high: bigint },
) => a.low === b.low && a.high === b.high;
