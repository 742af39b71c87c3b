import type { ArtifactStore } from "@dapanoskop/core/store";
import { type ParquetCodec, readIndex, storeReader } from "@dapanoskop/dataset";
import type { PlanPricesNow } from "./plan-reader.ts";
import { publishedPlanPrices } from "./published-plan-prices.ts";

/**
 * By what is published in the store, where there is something, and by list prices. What was observed is read once for each
 * published index.
 * @param parquet loads the codec of the published days; called when something is published
 */
export function publishedPrices(store: ArtifactStore, parquet: () => Promise<ParquetCodec>): PlanPricesNow {
  let known: { readonly generation: number; readonly prices: ReturnType<typeof publishedPlanPrices> } | null =
    null;
  return async (region) => {
    const index = await readIndex(store);
    if (index === null) return publishedPlanPrices(null, { region });
    if (known?.generation !== index.generation) {
      const reader = storeReader(store, await parquet());
      const prices = publishedPlanPrices({ reader, index }, { region: null });
      known = { generation: index.generation, prices };
      prices.catch(() => {
        known = null; // the next plan tries again
      });
    }
    const { pricing, allocation } = await known.prices;
    return { pricing: { ...pricing, region }, allocation };
  };
}
