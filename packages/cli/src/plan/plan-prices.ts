import type { PlanAllocation, PlanPricing } from "@dapanoskop/core/plan";
import { priceBook, shippedBook } from "@dapanoskop/core/pricing";
import { readIndex, storeReader } from "@dapanoskop/dataset";
import { publishedAllocation } from "@dapanoskop/plans";
import { openStore } from "../store.ts";

/** What a plan is priced with, and how its cost is allocated. */
export interface PlanPrices {
  readonly pricing: PlanPricing;
  readonly allocation: PlanAllocation;
}

/** By what is published in the store, where there is something, and by list prices. */
export async function planPrices(place: string, region: string | null): Promise<PlanPrices> {
  const store = await openStore(place);
  const index = await readIndex(store);
  const reader = storeReader(store);
  return {
    pricing: {
      region,
      currency: "USD",
      rates: { observed: null, list: priceBook(shippedBook) },
      usage: null,
      comparable: null,
    },
    allocation:
      index === null ? { tagKey: null, costCenters: new Map() } : await publishedAllocation(reader, index),
  };
}
