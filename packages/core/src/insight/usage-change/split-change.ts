import { add, divideHalfEven, type Money, subtract, zero } from "../../money/index.ts";
import { parseQuantity } from "../../usage/index.ts";
import type { PricedUse, UsageLine } from "./usage-line.ts";

/** A change in four parts that add up to the difference, to the last unit of 10^-12. */
export interface ChangeParts {
  /** Caused by another unit price. The whole change of a charge without a quantity, such as a fee, is here. */
  readonly price: Money;
  /** Caused by more or less usage, at the unit price before. */
  readonly quantity: Money;
  /** Usage types that had no cost before. */
  readonly appeared: Money;
  /** Usage types that have no cost now. */
  readonly gone: Money;
}

/** Why one usage type's cost changed. */
export function splitLine({ current, previous }: UsageLine, currency: string): ChangeParts {
  const nothing = noChange(currency);
  if (previous === null) return current === null ? nothing : { ...nothing, appeared: current.cost };
  if (current === null) return { ...nothing, gone: subtract(zero(currency), previous.cost) };
  const difference = subtract(current.cost, previous.cost);
  const quantity = quantityEffect(current, previous, currency);
  return { ...nothing, quantity, price: subtract(difference, quantity) };
}

/** Why a workload's cost changed: the sum of its lines. */
export function splitChange(lines: readonly UsageLine[], currency: string): ChangeParts {
  return lines
    .map((line) => splitLine(line, currency))
    .reduce(
      (all, part) => ({
        price: add(all.price, part.price),
        quantity: add(all.quantity, part.quantity),
        appeared: add(all.appeared, part.appeared),
        gone: add(all.gone, part.gone),
      }),
      noChange(currency),
    );
}

/** (quantity now − quantity before) × unit price before. Rounded once; the remainder of rounding is in the price part. */
function quantityEffect(current: PricedUse, previous: PricedUse, currency: string): Money {
  if (current.quantity === null || previous.quantity === null) return zero(currency);
  const before = units(previous.quantity);
  const more = units(current.quantity) - before;
  // Without a quantity there is no unit price; corrections may even be negative.
  if (before <= 0n) return zero(currency);
  return { units: divideHalfEven(previous.cost.units * more, before), currency };
}

/** A published double as the exact decimal that names it, in 10^-12 of its unit. */
const units = (quantity: number): bigint => parseQuantity(String(quantity), "").units;

const noChange = (currency: string): ChangeParts => {
  const nothing = zero(currency);
  return { price: nothing, quantity: nothing, appeared: nothing, gone: nothing };
};
