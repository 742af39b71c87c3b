import { divideHalfEven } from "../money/index.ts";
import { HOURS_A_MONTH } from "./charge.ts";
import type { RateChoice } from "./choose-rate.ts";
import type { MonthlyCost, PartCost } from "./priced-resources.ts";
import type { Rate } from "./rate.ts";
import { rateCost } from "./rate-cost.ts";
import type { ResourceCharge, ResourceReader, UsageQuantity } from "./resource-type.ts";
import type { ComparableUsage, UsageValues } from "./usage-values.ts";

/** What charges are priced with. */
export interface PriceInputs {
  readonly rateOf: RateChoice;
  readonly usage: UsageValues | null;
  readonly comparable: ComparableUsage | null;
  readonly currency: string;
}

type PricedQuantity = Pick<PartCost, "quantity" | "quantityOrigin">;

const unknownQuantity: PricedQuantity = { quantity: null, quantityOrigin: null };

/** Prices one charge of a resource. */
export function priceCharge(charge: ResourceCharge, resource: ResourceReader, inputs: PriceInputs): PartCost {
  const { service, usageFamily, operation, region = resource.region } = charge.key;
  const rate = inputs.rateOf({ service, usageFamily, operation, region }, charge.unit);
  const { quantity, quantityOrigin } = quantityOf(charge, region, resource, inputs);
  if (rate === null || quantity === null) return { quantity, quantityOrigin, rate, cost: null };
  return { quantity, quantityOrigin, rate, cost: quantityCost(rate, quantity) };
}

function quantityCost(rate: Rate, { expected, low, high }: NonNullable<PartCost["quantity"]>): MonthlyCost {
  const cost = rateCost(rate, expected);
  const costOf = (quantity: bigint) => (quantity === expected ? cost : rateCost(rate, quantity));
  return { expected: cost, low: costOf(low), high: costOf(high) };
}

function quantityOf(
  charge: ResourceCharge,
  region: string,
  resource: ResourceReader,
  inputs: PriceInputs,
): PricedQuantity {
  const { quantity } = charge;
  if (quantity.kind === "fixed") return { quantity, quantityOrigin: "plan" };
  const given = fromUsageFile(quantity, resource, inputs.usage);
  if (given !== null) return { quantity: given, quantityOrigin: "usage-file" };
  const compared = fromComparable(charge, quantity, region, inputs.comparable);
  if (compared !== null) {
    return {
      quantity: { expected: compared, low: compared, high: compared },
      quantityOrigin: "comparable-resources",
    };
  }
  if (quantity.range === null) return unknownQuantity;
  const { low, high } = quantity.range;
  return { quantity: { expected: divideHalfEven(low + high, 2n), low, high }, quantityOrigin: "plan" };
}

function fromUsageFile(
  { usageKeys, times }: UsageQuantity,
  resource: ResourceReader,
  usage: UsageValues | null,
): PartCost["quantity"] {
  let [low, high] = [times.numerator, times.numerator];
  let divisor = times.denominator;
  for (const key of usageKeys) {
    const value = usage?.of(resource, key) ?? null;
    if (value === null) return null;
    [low, high, divisor] = [low * value.low, high * value.high, divisor * ONE];
  }
  // The numerator and the denominator of the scale are both in 10^-12.
  const scaled = (units: bigint, whole: bigint) => divideHalfEven(units * ONE, whole);
  return {
    expected: scaled(low + high, 2n * divisor),
    low: scaled(low, divisor),
    high: scaled(high, divisor),
  };
}

/** A month of a comparable resource: what the account used for each hour of such resources, for 730 hours. */
function fromComparable(
  { key, unit }: ResourceCharge,
  { hoursFamily }: UsageQuantity,
  region: string,
  comparable: ComparableUsage | null,
): bigint | null {
  if (hoursFamily === null || comparable === null) return null;
  const found = comparable.perHour({ ...key, region, unit, hoursFamily });
  return found === null ? null : divideHalfEven(found.usage * BigInt(HOURS_A_MONTH) * ONE, found.hours);
}

const ONE = 10n ** 12n;
