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
export {
  type CostCenterSummary,
  type Kind,
  type Residual,
  type StorageSummary,
  type Summary,
  summarySchema,
  type WorkloadSummary,
} from "./documents/summary.ts";
export { type Trend, type TrendMonth, trendSchema } from "./documents/trend.ts";
export { type ArtifactKey, checkKey, isArtifactKey, parseKey } from "./keys/artifact-key.ts";
export {
  DAILY_FILE,
  INDEX_KEY,
  isRunId,
  type MonthFile,
  monthFiles,
  PREVIOUS_FILE,
  PRIOR_PERIOD_TO_DATE_FILE,
  runId,
  SUMMARY_FILE,
  stableKey,
  stagedKey,
  stagedSharedKey,
  TREND_FILE,
  USAGE_TYPE_FILE,
  WORKLOAD_FILE,
} from "./keys/keys.ts";
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
  type DoubleColumn,
  numberAt,
  type ParquetColumn,
  type StringColumn,
  textAt,
  type UsageTypeColumns,
  usageTypeColumns,
  type WorkloadColumns,
  workloadColumns,
} from "./parquet/columns.ts";
export type { ParquetCodec } from "./parquet/parquet-codec.ts";
export { type UsageTypeTable, usageTypeTable, type WorkloadTable, workloadTable } from "./parquet/tables.ts";
export { monthFigures, trendFigures } from "./read/month-figures.ts";
export { type PublishedMonths, publishedComparison, readSummary } from "./read/published.ts";
export {
  readIndex,
  readIndexToReplace,
  readNamedFile,
  readShared,
  readSnapshotFile,
  readStoredIndex,
  type StoredIndex,
} from "./read/read-index.ts";
export { sha256Hex } from "./sha256.ts";
export { type PublishedFiles, type Verification, verifyPublished } from "./verify/verify-published.ts";
export { periodsOf, renderSummary, type SummaryContext } from "./write/render-summary.ts";
export { priorPeriodToDateRows, usageTypeRows, workloadRows } from "./write/render-tables.ts";
export { renderTrend, trendMonth, trendMonths } from "./write/render-trend.ts";
