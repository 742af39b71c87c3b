import type { Money } from "@dapanoskop/core/money";

/** One cent, in units of 10^-12 USD: what AWS charges for each page of each Cost Explorer request. */
export const PRICE_PER_REQUEST: Money<"USD"> = { units: 10_000_000_000n, currency: "USD" };

/**
 * What a run has spent on Cost Explorer: every request that AWS began to answer with success, a page that was lost on
 * its way and asked again included, because AWS has charged for it. Throttled and refused requests cost nothing and
 * are not counted.
 */
export interface Spent {
  /** Pages of GetCostAndUsage and GetCostForecast. */
  readonly pages: number;
  /** Requests that tell of cost categories. */
  readonly other: number;
  readonly priceUsd: Money<"USD">;
}

export function spentOn(pages: number, other: number): Spent {
  return {
    pages,
    other,
    priceUsd: { units: BigInt(pages + other) * PRICE_PER_REQUEST.units, currency: "USD" },
  };
}
