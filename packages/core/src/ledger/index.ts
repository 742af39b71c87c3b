export {
  type Allocation,
  allocationOf,
  costByCostCenter,
  costByWorkload,
  rowsOf,
  type WorkloadCost,
} from "./allocation.ts";
export {
  type ChargeKind,
  type ChargeTypeCost,
  type ChargeTypeCosts,
  chargeKindOf,
  chargeKinds,
  costByChargeType,
  isSupportPlan,
  isTaggable,
  SUPPORT,
} from "./charge-types.ts";
export { type TaggingCoverage, taggingCoverage } from "./coverage.ts";
export { type DailyTotals, deliveredEnd, LATE_DAYS, mayBeIncomplete } from "./delivered-days.ts";
export {
  type ComparisonLedger,
  type MonthForecast,
  type MonthLedger,
  type SpanLedger,
  spanLedger,
} from "./month-ledger.ts";
export {
  allocationsByDay,
  type BillDays,
  type DayResidual,
  daysOf,
  type OfDay,
  type PeriodDays,
} from "./period-days.ts";
export {
  isComplete,
  isEmpty,
  type LedgerConfig,
  type PeriodBill,
  type PeriodLedger,
  periodLedger,
} from "./period-ledger.ts";
export { type PartSuffix, type Proven, proven, type SpanBill } from "./prove.ts";
export { type PeriodResidual, ReconciliationError, reconcile, UNITS_PER_CELL } from "./reconcile.ts";
export { split } from "./split.ts";
export {
  OTHER_STORAGE,
  type StorageConfig,
  type StorageLedger,
  type StorageMetrics,
  type StorageTierMetrics,
  storageOf,
} from "./storage.ts";
export {
  type CategoryAnswer,
  type CategoryQuery,
  categoryQueries,
  type ServiceUsage,
  type UnknownUsage,
  type UsageCost,
  type UsageTypeCategories,
  unknownUsage,
  usageCosts,
  usageTypeCategories,
  type WorkloadUsage,
} from "./usage-costs.ts";
