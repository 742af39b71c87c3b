import type { Month } from "../calendar/index.ts";
import type { Money } from "../money/index.ts";

/** A limit that somebody set on a part of the bill. */
export interface Budget {
  /** `[a-z0-9-]{1,40}`, unique for its owner. */
  readonly id: string;
  /** What a person reads. */
  readonly name: string;
  readonly scope: BudgetScope;
  readonly period: "month" | "quarter";
  readonly limit: Money;
  /** At most ten. */
  readonly thresholds: readonly BudgetThreshold[];
  /** Names of the report's audiences; empty: nobody is alerted. */
  readonly audiences: readonly string[];
}

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

/** How a budget stands in its running period. */
export interface BudgetState {
  readonly budget: Budget;
  /** The first month of the period. */
  readonly periodStart: Month;
  readonly status: "on_track" | "at_limit" | "over_budget" | "forecast_over" | "unknown";
  /** `null` where it is not known: then the status is `unknown`. */
  readonly actual: Money | null;
  readonly forecast: { readonly total: Money; readonly low: Money; readonly high: Money } | null;
  /** Why something is not known; `null` where all is. */
  readonly why: string | null;
}
