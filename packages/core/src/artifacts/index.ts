export {
  HISTORY_LENGTH,
  type IndexDocument,
  indexSchema,
  RESTATED_LENGTH,
  type Snapshot,
  type SnapshotFile,
} from "./index-document.ts";
export {
  INDEX_KEY,
  isRunId,
  type MonthFile,
  monthFiles,
  runId,
  SUMMARY_FILE,
  stableKey,
  stagedKey,
  stagedSharedKey,
  TREND_FILE,
  USAGE_TYPE_FILE,
  WORKLOAD_FILE,
} from "./keys.ts";
export {
  costCenterLabel,
  costCenterOfLabel,
  type Labelled,
  UNCATEGORIZED,
  UNTAGGED,
  workloadLabel,
  workloadOfLabel,
} from "./labels.ts";
export { ArtifactError, parseDocument, renderDocument } from "./parse.ts";
export { SCHEMA } from "./schema-parts.ts";
export { sha256Hex } from "./sha256.ts";
export {
  type CostCenterSummary,
  type Kind,
  type Residual,
  type StorageSummary,
  type Summary,
  summarySchema,
  type WorkloadSummary,
} from "./summary.ts";
export { type Trend, type TrendMonth, trendSchema } from "./trend.ts";
