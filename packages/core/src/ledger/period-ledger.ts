import type { Month, Window } from "../calendar/index.ts";
import { type Money, sum } from "../money/index.ts";
import type { SplitCharge } from "../source/index.ts";
import { type Allocation, allocationOf, rowsOf } from "./allocation.ts";
import { type ChargeTypeCosts, costByChargeType } from "./charge-types.ts";
import { type TaggingCoverage, taggingCoverage } from "./coverage.ts";
import { type PeriodDays, periodDays } from "./period-days.ts";
import type { Proven, SpanBill } from "./prove.ts";
import type { PeriodResidual } from "./reconcile.ts";
import { split } from "./split.ts";
import { type StorageConfig, type StorageLedger, storageOf } from "./storage.ts";
import {
  type ServiceUsage,
  type UnknownUsage,
  type UsageCost,
  unknownUsage,
  usageCosts,
} from "./usage-costs.ts";

/** Everything that the source answered about one period. */
export interface PeriodBill extends SpanBill {
  readonly estimated: boolean;
  readonly completeDays: {
    /** From the start of the period to the first day that is not complete; empty where none is. */
    readonly window: Window;
    /** The services' usage in these days of a running month; `null` where volumes are those of the whole period. */
    readonly services: readonly ServiceUsage[] | null;
  };
}

/** A period, computed and proven against the source's total. */
export interface PeriodLedger {
  readonly period: Month;
  readonly window: Window;
  /** The days of the period that the source has delivered in full: empty where none is complete. */
  readonly completeDays: Window;
  readonly currency: string;
  readonly estimated: boolean;
  /** The sum of all places; within the residuals the source's own total. */
  readonly total: Money;
  readonly sourceTotal: Money;
  /** Before any split charge. */
  readonly direct: Allocation;
  readonly allocation: Allocation;
  readonly usage: readonly UsageCost[];
  readonly storage: StorageLedger;
  readonly coverage: TaggingCoverage | null;
  /** `null` where they were not queried. */
  readonly chargeTypes: ChargeTypeCosts | null;
  /** `null` where the source was asked for months only. */
  readonly days: PeriodDays | null;
  readonly residuals: readonly PeriodResidual[];
  readonly unknown: readonly UnknownUsage[];
}

export interface LedgerConfig extends StorageConfig {
  readonly splitCharges: readonly SplitCharge[];
}

/** Computes a period from what the source answered about it. */
export function periodLedger(bill: Proven<PeriodBill>, config: LedgerConfig): PeriodLedger {
  const { period, window, total, completeDays } = bill;
  const storageDays = completeDays.services === null ? window : completeDays.window;
  const currency = total.currency;
  const direct = allocationOf(bill.workloads);
  const allocation = split(direct, config.splitCharges);
  const usage = usageCosts(bill.usage, bill.usageTypes, bill.categories);
  const own = sum(
    [...rowsOf(allocation)].map(({ cost }) => cost),
    currency,
  );
  return {
    period,
    window,
    completeDays: completeDays.window,
    currency,
    estimated: bill.estimated,
    total: own,
    sourceTotal: total,
    direct,
    allocation,
    usage,
    storage: storageOf(bill.services, period, storageDays, currency, config, completeDays.services),
    coverage: bill.chargeTypes === null ? null : taggingCoverage(bill.chargeTypes, own),
    chargeTypes: bill.chargeTypes && costByChargeType(bill.chargeTypes),
    days: periodDays(bill.days, { window, residuals: bill.dayResiduals }, direct, config.splitCharges),
    residuals: bill.residuals,
    unknown: unknownUsage(bill.services),
  };
}

/** Whether every day of a period is complete: only such a period is compared as a whole. */
export const isComplete = ({
  window,
  completeDays,
}: Pick<PeriodLedger, "window" | "completeDays">): boolean => completeDays.end === window.end;

/** Whether a period has nothing at all: no group in any answer and a total of 0. */
export function isEmpty(bill: PeriodBill): boolean {
  const { total, workloads, services, usage } = bill;
  return total.units === 0n && workloads.length + services.length + usage.length === 0;
}
