import type { Instant, Month } from "../calendar/index.ts";
import type { DailyFigures } from "../daily/index.ts";
import type { Money } from "../money/index.ts";

/** What is published of the costs that budgets limit, read from one index. */
export interface BudgetFigures {
  /** The published months that were read. A month that is absent is not published. */
  readonly months: ReadonlyMap<Month, MonthCosts>;
  /** The published days; `null` where there are none. */
  readonly daily: DailyFigures | null;
  /** Why the figures could not be read, in a sentence: then every budget is unknown. `null` where they were read. */
  readonly problem: string | null;
}

/** The costs of one published month, by cost center and workload. */
export interface MonthCosts {
  readonly month: Month;
  readonly currency: string;
  /** The month was still running when it was collected. */
  readonly isRunning: boolean;
  /** The event's time of the collection. */
  readonly collectedAt: Instant;
  readonly total: Money;
  readonly costCenters: readonly CostCenterCosts[];
}

export interface CostCenterCosts {
  readonly name: string;
  readonly cost: Money;
  /** Whether charges of this month are in it: a list of the month also names what had charges in compared months alone. */
  readonly hasCharges: boolean;
  readonly workloads: readonly { readonly name: string; readonly cost: Money }[];
}
