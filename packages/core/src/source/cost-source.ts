import type { Day, Month, Window } from "../calendar/index.ts";
import type { Money } from "../money/index.ts";
import type { Quantity } from "../usage/index.ts";
import type { CostFilter } from "./filter.ts";
import type { Grouping } from "./grouping.ts";
import type { SplitCharge } from "./split-charge.ts";

/**
 * A bill that can be queried. Cost Explorer never returns single charges, only answers to queries; files and the demo
 * company answer the same queries by grouping.
 */
export interface CostSource {
  /** What the charges are read from; absent: Cost Explorer. */
  readonly kind?: SourceKind;
  /** Whose charges are read; absent: AWS. */
  readonly provider?: string;
  /** @throws CostSourceError */
  query(query: CostQuery): Promise<CostAnswer>;
  /** What the days of `window` will cost by the source's own forecast; `null` when it has too little data for one. */
  forecast(query: ForecastQuery): Promise<Money | null>;
  /** The names of the cost categories that have cost in the window, in the source's order. */
  costCategories(window: Window): Promise<readonly string[]>;
  /** The tag keys on charges of the window; absent: the source cannot list them. */
  tagKeys?(window: Window): Promise<readonly string[]>;
  /** The split charge rules of a cost category, as they are now; `null` when no such cost category is defined. */
  splitCharges(costCategory: string): Promise<readonly SplitCharge[] | null>;
  /**
   * Whether the source has the data of this month; absent: every month of its history. A month that is not covered is
   * unknown: null, never 0, never a published 0. Its answers are empty.
   */
  covers?(month: Month): boolean;
  /**
   * The days from the first to the last charge of a bill that ends by itself, as a file does: what comes after them is
   * unknown. Absent: the bill goes on up to the event.
   */
  readonly window?: Window;
  /** Whether the source answers in days about every month that it has; absent: about the months of `oldestMonth` and later. */
  readonly hasAllDays?: boolean;
  /** What the requests have cost so far; absent where they cost nothing. */
  readonly requestCosts?: RequestCosts;
}

/** Requests made of a source that charges for each. */
export interface RequestCosts {
  /** Answered pages of GetCostAndUsage and GetCostForecast. */
  readonly pages: number;
  readonly other: number;
  readonly priceUsd: Money<"USD">;
}

/** What charges are read from. A CUR of either version is a `CUR`. */
export const sourceKinds = ["Cost Explorer", "CUR", "FOCUS"] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** AWS's cost metrics, by the names that Cost Explorer gives them. */
export const costMetrics = [
  "UnblendedCost",
  "BlendedCost",
  "AmortizedCost",
  "NetUnblendedCost",
  "NetAmortizedCost",
] as const;
export type CostMetric = (typeof costMetrics)[number];

export type Granularity = "DAILY" | "MONTHLY";

/** One query: cost and usage quantity over a window, in days or months, grouped by at most two groupings. */
export interface CostQuery {
  readonly window: Window;
  readonly granularity: Granularity;
  readonly metric: CostMetric;
  readonly groupBy: readonly Grouping[];
  readonly filter?: CostFilter;
}

export interface ForecastQuery {
  readonly window: Window;
  readonly metric: CostMetric;
  /**
   * The first day whose charges are not complete: a source that computes its forecast from its own days takes those
   * before it. Absent: the event's day. Cost Explorer has its own rule.
   */
  readonly knownUntil?: Day;
}

export interface CostAnswer {
  readonly rows: readonly CostRow[];
  /** The first days of the charge periods whose figures the source still calls estimates. */
  readonly estimated: readonly Day[];
}

/** One row of an answer: a group within a charge period. */
export interface CostRow {
  /** First day of the charge period: a day of a DAILY answer; of a MONTHLY answer the first day of the month within the window. */
  readonly day: Day;
  /** One key a grouping, in the query's order; `null` is a charge without that tag or category. `""` is a value. */
  readonly keys: readonly (string | null)[];
  readonly cost: Money;
  /** `null` where the source carries no quantity. Units that differ inside the group read `N/A`. */
  readonly quantity: Quantity | null;
}
