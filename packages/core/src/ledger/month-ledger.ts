import type { Day, Month, Window } from "../calendar/index.ts";
import { type Money, sum } from "../money/index.ts";
import { type Allocation, allocationOf, rowsOf } from "./allocation.ts";
import type { ChargeTypeCosts } from "./charge-types.ts";
import type { LedgerConfig, PeriodLedger } from "./period-ledger.ts";
import type { Proven, SpanBill } from "./prove.ts";
import type { PeriodResidual } from "./reconcile.ts";
import { split } from "./split.ts";
import { type StorageMetrics, storageOf } from "./storage.ts";
import { type UsageCost, usageCosts } from "./usage-costs.ts";

/** A period that a month is compared with: computed in this run, or read back from published files. */
export interface ComparisonLedger {
  readonly period: Month;
  readonly total: Money;
  readonly allocation: Allocation;
  readonly usage: readonly UsageCost[];
  readonly storage: StorageMetrics;
  /** `null` where they are unknown: a month that is only compared with is not queried for them. */
  readonly chargeTypes: ChargeTypeCosts | null;
  readonly residuals: readonly PeriodResidual[];
}

/** Some days of a month: the complete days of a running one, or the same days of the month before. */
export interface SpanLedger {
  readonly window: Window;
  readonly total: Money;
  readonly allocation: Allocation;
  readonly usage: readonly UsageCost[];
  readonly storageCost: Money | null;
  readonly residuals: readonly PeriodResidual[];
}

/** Where a running month will end: its complete days, and a forecast of the days from `start` on. */
export interface MonthForecast {
  readonly total: Money;
  readonly remaining: Money;
  readonly start: Day;
  readonly end: Day;
}

/** A month as it is published: itself and what it is compared with. `null` is a comparison that is unknown. */
export interface MonthLedger {
  readonly current: PeriodLedger;
  readonly previous: ComparisonLedger | null;
  readonly yearBefore: ComparisonLedger | null;
  /** Only of a running month. */
  readonly running: {
    /** The days of the month that the source has delivered in full; `null` where none is complete yet. */
    readonly completeDays: SpanLedger | null;
    /** The same days of the month before. */
    readonly priorPeriodToDate: SpanLedger | null;
    readonly forecast: MonthForecast | null;
  } | null;
}

/** Computes some days of a month. */
export function spanLedger(bill: Proven<SpanBill>, config: LedgerConfig): SpanLedger {
  const { period, window, total, workloads, services, usage, usageTypes, categories, residuals } = bill;
  const { currency } = total;
  const allocation = split(allocationOf(workloads), config.splitCharges);
  return {
    window,
    total: sum(
      [...rowsOf(allocation)].map((row) => row.cost),
      currency,
    ),
    allocation,
    usage: usageCosts(usage, usageTypes, categories),
    storageCost: storageOf(services, period, window, currency, config).cost,
    residuals,
  };
}
