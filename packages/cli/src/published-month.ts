import type { Month } from "@dapanoskop/core/calendar";
import type { MonthFigures, TrendFigures } from "@dapanoskop/core/insight";
import type { ArtifactStore } from "@dapanoskop/core/store";
import {
  type IndexDocument,
  type MonthContents,
  type ParquetCodec,
  readIndex,
  storeReader,
  TREND_FILE,
} from "@dapanoskop/dataset";
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
  const chosen = await choosePeriod(store, period);
  if (chosen === null) return null;
  const { index, month } = chosen;
  const reader = storeReader(store);
  const [figures, trend] = await Promise.all([reader.figures(index, month), reader.trendFigures(index)]);
  if (figures === null || trend === null) throw incomplete(store, month, figures !== null);
  return { figures, trend };
}

/** Reads all that is published about a month, its usage too. What is chosen and thrown is as for `readPublishedMonth`. */
export async function readMonthContents(
  store: ArtifactStore,
  period: Month | null,
  parquet: ParquetCodec,
): Promise<MonthContents | null> {
  const chosen = await choosePeriod(store, period);
  if (chosen === null) return null;
  const { index, month } = chosen;
  const reader = storeReader(store, parquet);
  const [summary, trend, usage, priorPeriodToDateUsage] = await Promise.all([
    reader.summary(index, month),
    reader.trend(index),
    reader.usageTypeColumns(index, month),
    reader.priorPeriodToDateColumns(index, month),
  ]);
  if (summary === null || trend === null) throw incomplete(store, month, summary !== null);
  return { index, summary, trend, usage, priorPeriodToDateUsage };
}

async function choosePeriod(store: ArtifactStore, period: Month | null) {
  const index = await readIndex(store);
  const month = period ?? index?.periods[0];
  if (index === null || month === undefined) return null;
  if (!index.periods.includes(month)) throw notPublished(month, index);
  return { index, month };
}

function incomplete({ place }: ArtifactStore, month: Month, hasSummary: boolean): CommandError {
  const missing = hasSummary ? TREND_FILE : `the summary of ${month}`;
  return new CommandError(`The index in ${place} does not name ${missing}. Collect again to publish it.`);
}

const notPublished = (period: Month, index: IndexDocument) =>
  new CommandError(`${period} is not published. Published: ${index.periods.join(", ")}.`);

/** The sentence for a store without published data. */
export const nothingPublished = (place: string): string =>
  `Nothing is published in ${place} yet. Run: dapanoskop collect. To try it without an account: dapanoskop demo.`;

/** What to do where months may be published, and none of their days is. */
export const noDaysPublished = (index: IndexDocument | null, place: string): string =>
  index === null ? nothingPublished(place) : `No days are published in ${place}. Run: dapanoskop collect.`;
