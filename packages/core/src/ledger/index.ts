export {
  type ChargeTypeCost,
  isTaggable,
  percentageOf,
  type TaggingCoverage,
  taggingCoverage,
} from "./coverage.ts";
export {
  type Comparison,
  type Forecast,
  type MonthLedger,
  type PriorPartial,
  priorPartialOf,
} from "./month-ledger.ts";
export {
  isEmpty,
  type LedgerConfig,
  openLedger,
  type PeriodBill,
  type PeriodLedger,
} from "./period-ledger.ts";
export {
  costByCostCenter,
  costByWorkload,
  type Placements,
  placementsOf,
  rowsOf,
  type WorkloadCost,
} from "./placements.ts";
export type { SpanBill } from "./prove.ts";
export { type PeriodResidual, ReconciliationError, reconcile, type View } from "./reconcile.ts";
export { split } from "./split.ts";
export {
  BYTES_PER_TB,
  OTHER_STORAGE,
  type Storage,
  type StorageConfig,
  type StorageFigures,
  type StorageTierFigures,
  storageOf,
} from "./storage.ts";
export {
  type CategoryAnswer,
  type CategoryQuestion,
  categoryQuestions,
  type ServiceUsage,
  type UnknownUsage,
  type UsageCost,
  type UsageTypeCategories,
  unknownUsage,
  usageCosts,
  usageTypeCategories,
  type WorkloadUsage,
} from "./usage-costs.ts";
