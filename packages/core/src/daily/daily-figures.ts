import type { Day, Instant, Month } from "../calendar/index.ts";
import type { ChargeKind } from "../ledger/index.ts";
import type { CostMetric, SourceDescription } from "../source/index.ts";

/**
 * Costs or quantities of consecutive days, in the order of the days of the figures that contain them: JSON numbers as
 * published, with at most twelve decimals, so that `moneyFromNumber` makes each exact. `null` is a day that is not known.
 */
export type DailyNumbers = readonly (number | null)[];

/**
 * What the newest published days cost, as the reader of the dataset gives them. For every day the sums by cost center, by
 * service and by charge type are the total, up to what AWS rounds in each cell: less than $0.005 a day.
 */
export interface DailyFigures {
  readonly currency: string;
  readonly metric: CostMetric;
  /** `null` where the figures were published before they named their source. */
  readonly source: SourceDescription | null;
  readonly runId: string;
  /** The event's time of the publication. */
  readonly publishedAt: Instant;
  /** The last day that the source has delivered in full; `null` where none is complete. Later days may still grow. */
  readonly completeThrough: Day | null;
  /**
   * The newest published days without a gap, oldest first, at most `DAILY_DAYS`. A running month ends with the day before
   * its collection; after `completeThrough` a day may still be 0.
   */
  readonly days: readonly Day[];
  readonly total: DailyNumbers;
  /** By cost of all days, largest first; ties by name. So are the other lists. */
  readonly costCenters: readonly DailyCostCenter[];
  readonly services: readonly DailyService[];
  readonly chargeTypes: readonly DailyChargeType[];
  /** The largest workloads, at most `LISTED_SERIES`: they explain a cost center, and do not sum to it. */
  readonly workloads: readonly DailyWorkload[];
  /** The largest usage types, at most `LISTED_SERIES`: they explain a service, and do not sum to it. */
  readonly usageTypes: readonly DailyUsageType[];
  /** Every published month with days, oldest first: what forecasts are tested on. */
  readonly history: readonly DailyMonth[];
}

/** Days in `daily.json`. */
export const DAILY_DAYS = 90;

/** Series of workloads and of usage types in `daily.json`. */
export const LISTED_SERIES = 100;

export interface DailyCostCenter {
  /** As published: `Uncategorized` for charges without a category. */
  readonly name: string;
  readonly kind: "named" | "uncategorized";
  readonly costs: DailyNumbers;
}

export interface DailyService {
  /** As the bill has it: `Amazon Elastic Compute Cloud - Compute`. */
  readonly name: string;
  readonly costs: DailyNumbers;
}

export interface DailyChargeType {
  /** The bill's record type: `Usage`, `Tax`, `Credit`. */
  readonly name: string;
  readonly kind: ChargeKind;
  readonly costs: DailyNumbers;
}

export interface DailyWorkload {
  readonly costCenter: string;
  readonly name: string;
  readonly kind: "named" | "untagged";
  readonly costs: DailyNumbers;
}

export interface DailyUsageType {
  readonly service: string;
  readonly usageType: string;
  readonly category: string;
  /** The unit of the quantities; `null` where it is unknown or mixed: then every quantity is `null`. */
  readonly unit: string | null;
  readonly costs: DailyNumbers;
  readonly quantities: DailyNumbers;
}

/** The days of one month, from its first one to the last that is published. */
export interface DailyMonth {
  readonly month: Month;
  /** The month was still running when it was collected. */
  readonly isRunning: boolean;
  readonly total: DailyNumbers;
  /** The charges of kind `usage` alone, `null` where they are not known: without fees, tax, refunds, credits and support plans. */
  readonly usage: DailyNumbers;
}
