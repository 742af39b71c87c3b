import type { Month } from "@dapanoskop/core/calendar";
import type { MonthFigures, TrendFigures } from "@dapanoskop/core/insight";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { type IndexDocument, readIndex, storeReader, TREND_FILE } from "@dapanoskop/dataset";
import { CommandError } from "./errors.ts";

/** The figures of a published month, and of all published months. */
export interface ChosenMonth {
  readonly figures: MonthFigures;
  readonly trend: TrendFigures;
}

/**
 * Reads a published month, the newest where none is given; `null` where nothing is published.
 * @throws CommandError when the month is not published, StoreError or ArtifactError when what is cannot be read
 */
export async function readPublishedMonth(
  store: ArtifactStore,
  period: Month | null,
): Promise<ChosenMonth | null> {
  const index = await readIndex(store);
  const wanted = period ?? index?.periods[0];
  if (index === null || wanted === undefined) return null;
  if (!index.periods.includes(wanted)) throw notPublished(wanted, index);
  const reader = storeReader(store);
  const [figures, trend] = await Promise.all([reader.figures(index, wanted), reader.trendFigures(index)]);
  if (figures === null || trend === null) {
    const missing = figures === null ? `the summary of ${wanted}` : TREND_FILE;
    throw new CommandError(
      `The index in ${store.place} does not name ${missing}. Collect again to publish it.`,
    );
  }
  return { figures, trend };
}

const notPublished = (period: Month, index: IndexDocument) =>
  new CommandError(`${period} is not published. Published: ${index.periods.join(", ")}.`);

/** The sentence for a store without published data. */
export const nothingPublished = (place: string): string =>
  `Nothing is published in ${place} yet. Run: dapanoskop collect. To try it without an account: dapanoskop demo.`;
