export { sha256Hex } from "@dapanoskop/core/store";
export { type Daily, type DailyMonthDocument, dailySchema } from "./documents/daily.ts";
export {
  HISTORY_LENGTH,
  type IndexDocument,
  indexSchema,
  REVISED_LENGTH,
  type Snapshot,
  type SnapshotFile,
} from "./documents/index-document.ts";
export { ArtifactError, parseDocument, renderDocument } from "./documents/parse.ts";
export { SCHEMA } from "./documents/schema-parts.ts";
export { type PublishedSource, publishedSource } from "./documents/source.ts";
export {
  type CostCenterSummary,
  type StorageSummary,
  type Summary,
  summarySchema,
  type WorkloadSummary,
} from "./documents/summary.ts";
export { type Trend, type TrendMonth, trendSchema } from "./documents/trend.ts";
export {
  DAILY_FILE,
  DAY_FILE,
  INDEX_KEY,
  type MonthFile,
  monthFiles,
  PREVIOUS_FILE,
  PRIOR_PERIOD_TO_DATE_FILE,
  SERVICE_FILE,
  type SharedFileName,
  SUMMARY_FILE,
  TREND_FILE,
  USAGE_TYPE_FILE,
  WORKLOAD_FILE,
} from "./keys/file-kinds.ts";
export {
  type ArtifactKey,
  checkKey,
  isArtifactKey,
  LAST_GENERATION,
  parseKey,
  stableKey,
  stagedKey,
  stagedSharedKey,
} from "./keys/key.ts";
export { isRunId, runId } from "./keys/run-id.ts";
export {
  costCenterLabel,
  costCenterOfLabel,
  type Labelled,
  UNCATEGORIZED,
  UNTAGGED,
  workloadLabel,
  workloadOfLabel,
} from "./labels.ts";
export {
  type ColumnSet,
  type DayColumns,
  type DoubleColumn,
  dayColumns,
  numberAt,
  type ParquetColumn,
  type ServiceColumns,
  type StringColumn,
  serviceColumns,
  textAt,
  type UsageTypeColumns,
  usageTypeColumns,
  type WorkloadColumns,
  workloadColumns,
} from "./parquet/columns.ts";
export type { ParquetCodec } from "./parquet/parquet-codec.ts";
export { type UsageTypeTable, usageTypeTable, type WorkloadTable, workloadTable } from "./parquet/tables.ts";
export { type DatasetAccess, type DatasetReader, datasetReader } from "./read/dataset-reader.ts";
export {
  costFigures,
  type MonthContents,
  type MonthDocuments,
  monthFigures,
  trendFigures,
} from "./read/month-figures.ts";
export { namedFile, parseIndex } from "./read/named-file.ts";
export { type ObservedDays, observedDays } from "./read/observed-days.ts";
export { nullIfDamaged, type PublishedMonths, publishedComparison } from "./read/published-comparison.ts";
export {
  readNamedFile,
  readShared,
  readSnapshotFile,
  readSummary,
  storeReader,
} from "./read/store-files.ts";
export { readIndex, readIndexToReplace, readStoredIndex, type StoredIndex } from "./read/stored-index.ts";
export {
  type UsageCostRow,
  usageCostRows,
  type WorkloadCostRow,
  workloadCostRows,
} from "./read/table-rows.ts";
export type { PublishedFiles } from "./verify/checked-files.ts";
export { type Verification, verifyPublished } from "./verify/verify-published.ts";
export { type DailyContext, dailyMonth, type MonthDaysFiles, renderDaily } from "./write/render-daily.ts";
export { type MonthFiles, renderMonthFiles } from "./write/render-month.ts";
export type { SummaryContext } from "./write/render-summary.ts";
export { renderTrend, trendMonth, trendMonths } from "./write/render-trend.ts";
