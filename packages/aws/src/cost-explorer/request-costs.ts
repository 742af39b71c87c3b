import type { Money } from "@dapanoskop/core/money";
import type { RequestCosts } from "@dapanoskop/core/source";

/** One cent, in units of 10^-12 USD: what AWS charges for each page of each Cost Explorer request. */
export const PRICE_PER_REQUEST: Money<"USD"> = { units: 10_000_000_000n, currency: "USD" };

/**
 * What a run's requests to Cost Explorer cost. Every request that AWS answered with success counts, also a page whose
 * answer was lost and that was requested again: AWS has charged for it. Throttled and refused requests cost nothing.
 */
export function requestCostsOf(pages: number, other: number): RequestCosts {
  return {
    pages,
    other,
    priceUsd: { units: BigInt(pages + other) * PRICE_PER_REQUEST.units, currency: "USD" },
  };
}
