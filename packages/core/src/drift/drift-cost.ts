import { isZero, type Money, zero } from "../money/index.ts";
import type { PricedResource } from "../pricing/index.ts";

/** What a drift does to the monthly bill. */
export interface DriftCost {
  /** `null`: nobody knows. */
  readonly delta: Money | null;
  /** Whether the bill changes, or may change by an amount that nobody knows. */
  readonly isRelevant: boolean;
}

/**
 * A drift of tags alone costs nothing, whatever the resource costs. An unknown delta counts as relevant, except for a type
 * without a price model: there only its deletion does.
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
  const delta = price?.delta?.expected ?? null;
  const isRelevant = delta === null ? isDeleted || price?.status !== "unsupported" : !isZero(delta);
  return { delta, isRelevant };
}
