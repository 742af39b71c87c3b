import type { Day, Instant, Month } from "../calendar/index.ts";
import type { Money } from "../money/index.ts";

/** A limit that somebody set on a part of the bill. */
export interface Budget {
  /** 1 to 40 of `a-z`, `0-9` and `-`, unique for its owner. */
  readonly id: string;
  /** What a person reads: any string. */
  readonly name: string;
  readonly scope: BudgetScope;
  readonly period: BudgetPeriod;
  /** A positive decimal as it was given: `100.10` keeps its last digit. `budgetLimit` is the amount. */
  readonly limit: string;
  /** ISO 4217, as the bill has it: figures in another currency are not compared with it. */
  readonly currency: string;
  /** At most ten, each once. */
  readonly thresholds: readonly BudgetThreshold[];
  /** Names of the report's audiences; empty: nobody is alerted. */
  readonly audiences: readonly string[];
  /** Whether a threshold that is no longer crossed, as after a credit, alerts again in the same period. */
  readonly rearm: boolean;
}

/** Months, and quarters that begin in January, April, July and October. */
export type BudgetPeriod = "month" | "quarter";

/** What a budget limits. Names are as published: `Untagged` is the charges without a tag. */
export type BudgetScope =
  | { readonly kind: "everything" }
  | { readonly kind: "cost-center"; readonly name: string }
  | { readonly kind: "workload"; readonly name: string }
  | { readonly kind: "service"; readonly name: string };

export interface BudgetThreshold {
  readonly of: "actual" | "forecast";
  /** In percent of the limit, a positive decimal: `33.3`. */
  readonly percent: string;
}

/** How a budget stands in a period. */
export interface BudgetState {
  readonly budget: Budget;
  /** The first month of the period. */
  readonly periodStart: Month;
  readonly status: BudgetStatus;
  /** What the period cost so far: everything that the source has of it. `null` where it is not known. */
  readonly actual: Money | null;
  /** What the period will have cost at its end; `null` unless `forecastStatus` is `known`. */
  readonly forecast: BudgetForecast | null;
  readonly forecastStatus: BudgetForecastStatus;
  /** Why the status is unknown, or why there is no forecast, in a sentence; `null` where all is known. */
  readonly why: string | null;
  /** The period has just begun and its first days are not published yet: it is unknown, and that is no fault. */
  readonly isWaiting: boolean;
  /** The last day that the source has delivered in full; `null` where none is known. */
  readonly completeThrough: Day | null;
  /** When the newest month of the period was collected; `null` where it is not published. */
  readonly collectedAt: Instant | null;
}

/**
 * `at_limit`: the cost is the limit exactly. `forecast_over`: the forecast is over the limit, the cost is not.
 * `unknown`: something that the status depends on is not known; nothing is said about the budget then.
 */
export type BudgetStatus = "on_track" | "at_limit" | "over_budget" | "forecast_over" | "unknown";

/** The range is measured on past periods of the same length; both bounds are `null` where too few are known. */
export interface BudgetForecast {
  readonly total: Money;
  readonly low: Money | null;
  readonly high: Money | null;
}

/** `insufficient_data`: fewer than seven days of the period are complete, or the days of the scope are not published. */
export type BudgetForecastStatus = "known" | "insufficient_data" | "unknown";
