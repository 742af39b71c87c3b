import type { Month } from "@dapanoskop/core/calendar";
import type { DailyFigures } from "@dapanoskop/core/daily";
import type { MonthFigures, TrendFigures } from "@dapanoskop/core/insight";
import type * as v from "valibot";
import { type Daily, dailySchema } from "../documents/daily.ts";
import type { IndexDocument, SnapshotFile } from "../documents/index-document.ts";
import { parseDocument } from "../documents/parse.ts";
import { type Summary, summarySchema } from "../documents/summary.ts";
import { type Trend, trendSchema } from "../documents/trend.ts";
import {
  DAILY_FILE,
  DAY_FILE,
  PRIOR_PERIOD_TO_DATE_FILE,
  SERVICE_FILE,
  SUMMARY_FILE,
  TREND_FILE,
  USAGE_TYPE_FILE,
  WORKLOAD_FILE,
} from "../keys/file-kinds.ts";
import {
  type ColumnSet,
  type DayColumns,
  dayColumns,
  type ParquetColumn,
  type ServiceColumns,
  serviceColumns,
  type UsageTypeColumns,
  usageTypeColumns,
  type WorkloadColumns,
  workloadColumns,
} from "../parquet/columns.ts";
import type { ParquetCodec } from "../parquet/parquet-codec.ts";
import { dailyFigures } from "./daily-figures.ts";
import { monthFigures, trendFigures } from "./month-figures.ts";
import { namedFile } from "./named-file.ts";

/**
 * Reads the published dataset. Every file is found by an index, so that the files of two runs are never mixed. Each method
 * gives `null` when the index names no such file.
 * @throws ArtifactError when a file is not as published, and what `bytes` throws
 */
export interface DatasetReader {
  /** The summary of a month, as published: amounts are JSON numbers. */
  summary(index: IndexDocument, month: Month): Promise<Summary | null>;
  /** The same figures with exact amounts. */
  figures(index: IndexDocument, month: Month): Promise<MonthFigures | null>;
  trend(index: IndexDocument): Promise<Trend | null>;
  trendFigures(index: IndexDocument): Promise<TrendFigures | null>;
  /** `null` also for a dataset that was published before there was such a file. */
  daily(index: IndexDocument): Promise<Daily | null>;
  /** The same days, the ones without a gap. `null` also where the index names no published day. */
  dailyFigures(index: IndexDocument): Promise<DailyFigures | null>;
  /** The rows of `cost-by-workload.parquet`. */
  workloadColumns(index: IndexDocument, month: Month): Promise<WorkloadColumns | null>;
  /** The rows of `cost-by-usage-type.parquet`. */
  usageTypeColumns(index: IndexDocument, month: Month): Promise<UsageTypeColumns | null>;
  /** The rows of `cost-by-day.parquet`. `null` also for a month that was published before there was such a file. */
  dayColumns(index: IndexDocument, month: Month): Promise<DayColumns | null>;
  /** The rows of `cost-by-service.parquet`, likewise. */
  serviceColumns(index: IndexDocument, month: Month): Promise<ServiceColumns | null>;
  /**
   * The rows of `cost-by-usage-type-like-for-like.parquet`. `null` also for a month that was published before there was
   * such a file.
   */
  priorPeriodToDateColumns(index: IndexDocument, month: Month): Promise<UsageTypeColumns | null>;
}

/** What a reader reads with. */
export interface DatasetAccess {
  /** The content of a file that an index names. */
  bytes(named: SnapshotFile): Promise<Uint8Array>;
  /** The parquet decoder. It is requested with the first parquet file, so that it can be loaded then. */
  parquet(): Promise<Pick<ParquetCodec, "decode">>;
  /** Keeps what was read of a key, which never changes. By default every call reads again. */
  cached?<Value>(key: string, read: () => Promise<Value>): Promise<Value>;
}

export function datasetReader(access: DatasetAccess): DatasetReader {
  const { bytes, parquet, cached = (_, read) => read() } = access;

  async function document<S extends v.GenericSchema>(
    schema: S,
    named: SnapshotFile | null,
  ): Promise<v.InferOutput<S> | null> {
    if (named === null) return null;
    return cached(named.key, async () => parseDocument(schema, named.key, await bytes(named)));
  }

  async function table<Columns extends readonly ParquetColumn[]>(
    columns: Columns,
    named: SnapshotFile | null,
  ): Promise<ColumnSet<Columns> | null> {
    if (named === null) return null;
    return cached(named.key, async () => {
      const [codec, body] = await Promise.all([parquet(), bytes(named)]);
      return codec.decode(columns, named.key, body);
    });
  }

  const reader: DatasetReader = {
    summary: async (index, month) => document(summarySchema, namedFile(index, month, SUMMARY_FILE)),
    async figures(index, month) {
      const summary = await reader.summary(index, month);
      return summary === null ? null : monthFigures({ index, summary });
    },
    trend: async (index) => document(trendSchema, namedFile(index, null, TREND_FILE)),
    async trendFigures(index) {
      const trend = await reader.trend(index);
      return trend === null ? null : trendFigures(trend);
    },
    daily: async (index) => document(dailySchema, namedFile(index, null, DAILY_FILE)),
    async dailyFigures(index) {
      const daily = await reader.daily(index);
      const figures = daily === null ? null : dailyFigures(daily);
      return figures === null || figures.days.length === 0 ? null : figures;
    },
    workloadColumns: async (index, month) => table(workloadColumns, namedFile(index, month, WORKLOAD_FILE)),
    usageTypeColumns: async (index, month) =>
      table(usageTypeColumns, namedFile(index, month, USAGE_TYPE_FILE)),
    dayColumns: async (index, month) => table(dayColumns, namedFile(index, month, DAY_FILE)),
    serviceColumns: async (index, month) => table(serviceColumns, namedFile(index, month, SERVICE_FILE)),
    priorPeriodToDateColumns: async (index, month) =>
      table(usageTypeColumns, namedFile(index, month, PRIOR_PERIOD_TO_DATE_FILE)),
  };
  return reader;
}
