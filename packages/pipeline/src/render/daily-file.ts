import type { Month } from "@dapanoskop/core/calendar";
import type { ArtifactStore } from "@dapanoskop/core/store";
import {
  DAILY_FILE,
  type DailyMonthDocument,
  dailyMonth,
  type IndexDocument,
  type MonthDaysFiles,
  nullIfDamaged,
  type ParquetCodec,
  publishedSource,
  renderDaily,
  type SummaryContext,
  storeReader,
} from "@dapanoskop/dataset";
import type { SharedFile } from "../publish/index.ts";
import type { RenderedMonth } from "./render-month.ts";

export interface DailyFileOptions extends Pick<SummaryContext, "runId" | "at" | "source"> {
  readonly store: ArtifactStore;
  readonly parquet: ParquetCodec;
}

/**
 * The newest days of exactly the months that an index names: months of this run from its files, other months from their
 * published files. A published file that cannot be read leaves its days unknown.
 * @param rendered the run's months
 */
export function dailyFile(
  rendered: readonly RenderedMonth[],
  { store, parquet, runId, at, source: described }: DailyFileOptions,
): SharedFile {
  const ours = new Map(rendered.map((month) => [month.month.period, month]));
  const currency = rendered[0]?.summary.currency ?? "USD";
  const source = publishedSource(described);
  const reader = storeReader(store, parquet);

  /** The entries of the published `daily.json`, which need not be computed from the summaries again. */
  const publishedMonths = async (index: IndexDocument | null) => {
    const daily = index === null ? null : await nullIfDamaged(() => reader.daily(index));
    const isComparable = daily !== null && daily.metric === source.metric;
    return new Map(isComparable ? daily.months.map((month) => [month.period, month]) : []);
  };

  const publishedMonth = async (
    index: IndexDocument,
    period: Month,
    listed: DailyMonthDocument | undefined,
  ): Promise<DailyMonthDocument | null> => {
    const snapshot = index.snapshot[period];
    if (snapshot?.has_days !== true) return null;
    if (listed?.run_id === snapshot.run_id) return listed;
    const summary = await nullIfDamaged(() => reader.summary(index, period));
    return summary && dailyMonth(summary, source);
  };

  const publishedFiles = async (index: IndexDocument, period: Month): Promise<MonthDaysFiles | null> => {
    const summary = await reader.summary(index, period);
    const places = await reader.dayColumns(index, period);
    const services = await reader.serviceColumns(index, period);
    return summary && places && services && { summary, places, services };
  };

  return {
    name: DAILY_FILE,
    contentType: "application/json",
    async render({ periods, accepted, index }) {
      const own = (period: Month) => (accepted.includes(period) ? ours.get(period) : undefined);
      const listed = await publishedMonths(index);
      const months: DailyMonthDocument[] = [];
      for (const period of periods.toReversed()) {
        const summary = own(period)?.summary;
        const month =
          summary !== undefined
            ? dailyMonth(summary, source)
            : index && (await publishedMonth(index, period, listed.get(period)));
        if (month !== null) months.push(month);
      }
      return renderDaily({ runId, at, currency, source, months }, async (period) => {
        const month = own(period);
        if (month !== undefined) return month;
        return index && nullIfDamaged(() => publishedFiles(index, period));
      });
    },
  };
}
