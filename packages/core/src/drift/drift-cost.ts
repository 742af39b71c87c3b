import { isZero, type Money, zero } from "../money/index.ts";
import type { PartCost, PricedResource, Rate } from "../pricing/index.ts";

/** What a drift does to the monthly bill. */
export interface DriftCost {
  /** `null`: nobody knows. */
  readonly delta: Money | null;
  /** Whether the bill changes, or may change by an amount that nobody knows. */
  readonly isRelevant: boolean;
}

/**
 * A drift of the only attributes that have no price costs nothing, whatever the resource costs. An unknown delta counts as
 * relevant, except for a type without a price model: there only its deletion does.
 */
export function driftCost(
  price: PricedResource | null,
  {
    currency,
    isDeleted,
    onlyTags,
  }: { readonly currency: string; readonly isDeleted: boolean; readonly onlyTags: boolean },
): DriftCost {
  if (onlyTags && !isDeleted) return { delta: zero(currency), isRelevant: false };
  const delta = price === null ? null : knownDelta(price, currency);
  if (delta === null) return { delta, isRelevant: isDeleted || price?.status !== "unsupported" };
  // What a deleted resource cost by its usage is in no amount.
  const hasUsage = isDeleted && price?.status === "usage-based";
  return { delta, isRelevant: !isZero(delta) || hasUsage };
}

/** What depends on unknown usage costs the same before and after where its prices and the known quantities are the same. */
function knownDelta({ delta, status, parts }: PricedResource, currency: string): Money | null {
  const isSame = status === "usage-based" && parts.every(({ before, after }) => isSamePart(before, after));
  return isSame ? zero(currency) : (delta?.expected ?? null);
}

const isSamePart = (before: PartCost | null, after: PartCost | null): boolean =>
  before !== null &&
  after !== null &&
  isSameRate(before.rate, after.rate) &&
  before.quantity?.expected === after.quantity?.expected;

const isSameRate = (a: Rate | null, b: Rate | null): boolean =>
  a !== null &&
  b !== null &&
  a.unit === b.unit &&
  a.tiers.length === b.tiers.length &&
  a.tiers.every(({ from, cost, quantity }, at) => {
    const other = b.tiers[at];
    return from === other?.from && cost.units === other.cost.units && quantity === other.quantity;
  });
