import { type Anomaly, anomaliesOf } from "@dapanoskop/core/anomaly";
import type { Day, Month } from "@dapanoskop/core/calendar";
import type { DailyFigures } from "@dapanoskop/core/daily";
import { type MonthEndForecast, monthEndForecast } from "@dapanoskop/core/forecast";
import type { Money } from "@dapanoskop/core/money";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { readIndex, storeReader } from "@dapanoskop/dataset";

/** The days that one committed index names, and what reports say beside them. Each is worked out once. */
export interface PublishedDays {
  readonly figures: DailyFigures;
  /** The anomalies that an audience of some cost centers sees, or of all (`null`). */
  anomalies(day: Day, costCenters: readonly string[] | null): readonly Anomaly[];
  /** Of the month of the last complete day. */
  forecast(): MonthEndForecast | null;
  /** The source's own forecast of a month; `null` where it gave none. */
  sourceForecast(month: Month): Promise<Money | null>;
}

/**
 * Reads the committed index and `daily.json`.
 * @returns `null` where no day is published
 * @throws StoreError, ArtifactError
 */
export async function readPublishedDays(store: ArtifactStore): Promise<PublishedDays | null> {
  const index = await readIndex(store);
  if (index === null) return null;
  const reader = storeReader(store);
  const figures = await reader.dailyFigures(index);
  if (figures === null || figures.days.length === 0) return null;
  const anomaliesSeen = once((day: Day, list: string) => anomaliesOf(seenBy(figures, JSON.parse(list)), day));
  return {
    figures,
    anomalies: (day, costCenters) => anomaliesSeen(day, JSON.stringify(costCenters)),
    forecast: once(() => monthEndForecast(figures)),
    sourceForecast: once(async (month: Month) => {
      const published = index.periods.includes(month) ? await reader.figures(index, month) : null;
      return published?.forecast?.total ?? null;
    }),
  };
}

/**
 * The figures whose anomalies an audience of some cost centers sees. Services and usage types are of the whole account, and one
 * that explains its cost center would stand for it.
 */
function seenBy(figures: DailyFigures, costCenters: readonly string[] | null): DailyFigures {
  if (costCenters === null) return figures;
  const seen = figures.costCenters.filter(({ name }) => costCenters.includes(name));
  return { ...figures, costCenters: seen, services: [], usageTypes: [] };
}

/** The same function, which works out the value for the same arguments once. */
function once<Arguments extends readonly string[], Value>(
  work: (...words: Arguments) => Value,
): (...words: Arguments) => Value {
  const known = new Map<string, { readonly value: Value }>();
  return (...words) => {
    const key = words.join("\n");
    const found = known.get(key) ?? { value: work(...words) };
    known.set(key, found);
    return found.value;
  };
}
