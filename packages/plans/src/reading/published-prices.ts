import { priceBook, shippedBook } from "@dapanoskop/core/pricing";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { readIndex, storeReader } from "@dapanoskop/dataset";
import { publishedAllocation } from "../published-allocation.ts";
import type { PlanPricesNow } from "./plan-reader.ts";

/** By what is published in the store, where there is something, and by list prices. */
export function publishedPrices(store: ArtifactStore): PlanPricesNow {
  const list = priceBook(shippedBook);
  return async (region) => {
    const index = await readIndex(store);
    return {
      pricing: { region, currency: "USD", rates: { observed: null, list }, usage: null, comparable: null },
      allocation:
        index === null
          ? { tagKey: null, costCenters: new Map() }
          : await publishedAllocation(storeReader(store), index),
    };
  };
}
