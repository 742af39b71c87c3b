import type { Month } from "@dapanoskop/core/calendar";
import type { ComparisonLedger } from "@dapanoskop/core/ledger";
import type { ArtifactStore } from "@dapanoskop/core/store";
import {
  type IndexDocument,
  nullIfDamaged,
  type ParquetCodec,
  publishedComparison,
  readSummary,
  type Summary,
  storeReader,
} from "@dapanoskop/dataset";

/** What earlier collections published, as it was when this collection began. */
export interface PublishedHistory {
  /** Where the store is, for sentences. */
  readonly place: string;
  readonly index: IndexDocument | null;
  /** The summary of a published month; `null` where none is published. */
  summary(month: Month): Promise<Summary | null>;
  /**
   * The figures of `compared` that were published under the same configuration: in its own closed snapshot, or in the
   * snapshot of `month`, which is compared with it. `null` where there are none.
   */
  comparison(compared: Month, month: Month): Promise<ComparisonLedger | null>;
  /** The currency of all published months; `null` where none is published. */
  currency(): Promise<string | null>;
}

/** @param config the hash of the configuration under which the collection computes */
export function publishedHistory(
  store: ArtifactStore,
  index: IndexDocument | null,
  parquet: ParquetCodec,
  config: string,
): PublishedHistory {
  return {
    place: store.place,
    index,
    summary: async (month) =>
      index?.snapshot[month] === undefined ? null : readSummary(store, index, month),
    comparison: async (compared, month) =>
      (await publishedComparison(compared, month, { store, index, parquet, config })) ?? null,
    async currency() {
      const reader = storeReader(store);
      const [newest] = index?.periods ?? [];
      if (index === null || newest === undefined) return null;
      const trend = await nullIfDamaged(() => reader.trend(index));
      if (trend !== null) return trend.currency;
      return (await nullIfDamaged(() => reader.summary(index, newest)))?.currency ?? null;
    },
  };
}
