import type { Month } from "@dapanoskop/core/calendar";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { type IndexDocument, readIndex, storeReader, TREND_FILE } from "@dapanoskop/dataset";
import type { Published } from "@dapanoskop/dataset/report";
import { CommandError } from "./world.ts";

/**
 * A published month as the index names it, the newest where none is asked for; `null` where nothing is published.
 * @throws CommandError when the month is not published, StoreError or ArtifactError when what is cannot be read
 */
export async function readPublished(store: ArtifactStore, period: Month | null): Promise<Published | null> {
  const index = await readIndex(store);
  const wanted = period ?? index?.periods[0];
  if (index === null || wanted === undefined) return null;
  if (!index.periods.includes(wanted)) throw notPublished(wanted, index);
  const reader = storeReader(store);
  const [summary, trend] = await Promise.all([reader.summary(index, wanted), reader.trend(index)]);
  if (summary === null || trend === null) {
    const missing = summary === null ? `the summary of ${wanted}` : TREND_FILE;
    throw new CommandError(
      `The index in ${store.place} does not name ${missing}. Collect again to publish it.`,
    );
  }
  return { index, summary, trend };
}

const notPublished = (period: Month, index: IndexDocument) =>
  new CommandError(`${period} is not published. Published: ${index.periods.join(", ")}.`);

/** Nothing is published yet: what to do. */
export const nothingPublished = (place: string): string =>
  `Nothing is published in ${place} yet. Run: dapanoskop collect. To try it without an account: dapanoskop demo.`;
