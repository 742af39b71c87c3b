import type { Day, Instant, Month, Window } from "../calendar/index.ts";
import type {
  ChargeKind,
  MonthForecast,
  StorageConfig,
  StorageMetrics,
  StorageTierMetrics,
  TaggingCoverage,
} from "../ledger/index.ts";
import type { Money } from "../money/index.ts";
import type { CostMetric, SourceDescription } from "../source/index.ts";

/**
 * The figures of one published month, as the reader of the dataset gives them: amounts are exact, names are as published.
 * `null` is a figure that could not be known, never 0.
 */
export interface MonthFigures {
  readonly month: Month;
  /** The month was still running when it was collected: its total is everything that the source had of it. */
  readonly isRunning: boolean;
  /** AWS may still revise the figures. */
  readonly isEstimated: boolean;
  readonly currency: string;
  readonly metric: CostMetric;
  /** What the figures were computed from; `null` for a month that was published before summaries named it. */
  readonly source: SourceDescription | null;
  readonly runId: string;
  /** The event's time of the collection. */
  readonly collectedAt: Instant;
  /** The time of the last publication of any month: what says whether the daily collection still runs. */
  readonly publishedAt: Instant;
  /** The last day that the source has delivered in full; `null` where none is complete. */
  readonly deliveredThrough: Day | null;
  readonly windows: {
    /** The complete days of the month: the whole month where it is closed. Where none is complete, the days so far. */
    readonly current: Window;
    readonly previousMonth: Window;
    readonly yearBefore: Window;
    /** The same days of the month before; `null` for a closed month. Known also where their cost is not. */
    readonly priorPeriodToDate: Window | null;
  };
  readonly total: CostByPeriod;
  /** `null` for a closed month, and where the source has no forecast. */
  readonly forecast: MonthForecast | null;
  /** By current cost, largest first. */
  readonly costCenters: readonly CostCenterFigures[];
  readonly storage: MonthStorage;
  readonly coverage: TaggingCoverage;
  /** What the total consists of; `null` where the month was published without it. */
  readonly chargeTypes: readonly ChargeTypeFigures[] | null;
  readonly reconciliation: {
    /** What the source says the month costs, ungrouped. */
    readonly sourceTotal: Money;
    /** Our total minus the source's. */
    readonly difference: Money;
    readonly residuals: readonly Residual[];
  };
  readonly requests: {
    readonly pages: number;
    readonly other: number;
    /** In dollars: AWS bills its own requests in them, whatever the currency of the bill. */
    readonly price: Money;
  };
  /** The month's total at earlier collections wherever the next one read another, oldest first. */
  readonly earlierTotals: readonly { readonly collectedAt: Instant; readonly total: Money }[];
}

/** The cost of one charge type, by the name that the bill has for it. */
export interface ChargeTypeFigures {
  readonly name: string;
  readonly kind: ChargeKind;
  readonly current: Money;
  readonly previousMonth: Money | null;
  readonly yearBefore: Money | null;
}

/** The costs of a month by cost center and workload. */
export type CostFigures = Pick<MonthFigures, "isRunning" | "total" | "costCenters">;

/** A cost in the month and in the periods that the month is compared with. */
export interface CostByPeriod {
  readonly current: Money;
  /** In the whole month before. */
  readonly previousMonth: Money | null;
  /** In the same month a year before. */
  readonly yearBefore: Money | null;
  /** In the complete days of a running month: what the prior period to date is compared with. `null` for a closed one. */
  readonly completeDays: Money | null;
  /** In the same days of the month before; `null` also for a closed month. */
  readonly priorPeriodToDate: Money | null;
}

/** `named` is a value of the bill; the others gather the charges without a tag or without a category. */
export type NameKind = "named" | "untagged" | "uncategorized";

export interface WorkloadFigures {
  readonly name: string;
  readonly kind: NameKind;
  readonly cost: CostByPeriod;
}

export interface CostCenterFigures extends WorkloadFigures {
  /** What its own charges cost, before shared costs were moved. */
  readonly direct: Money;
  /** Shared costs that were moved in, or out where negative. */
  readonly allocated: Money;
  /** By current cost, largest first. */
  readonly workloads: readonly WorkloadFigures[];
}

export interface MonthStorage {
  /** Which services are counted beside S3. */
  readonly config: StorageConfig;
  readonly current: StorageMetrics;
  readonly previousMonth: StorageMetrics;
  readonly completeDaysCost: Money | null;
  readonly priorPeriodToDateCost: Money | null;
  /** By cost, largest first. */
  readonly tiers: readonly StorageTierMetrics[];
}

/** A difference between two answers about the same period that rounding on the source's side explains. */
export interface Residual {
  /** The answer that was summed: `usage_types`, `services_prior_partial`. */
  readonly view: string;
  readonly month: Month;
  readonly difference: Money;
}

/** The total of every published month, oldest first. */
export interface TrendFigures {
  readonly currency: string;
  readonly months: readonly MonthTotal[];
}

export interface MonthTotal {
  readonly month: Month;
  readonly isRunning: boolean;
  readonly total: Money;
}
