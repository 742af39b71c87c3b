import type { DailyPattern } from "./daily-pattern.ts";
import type { ItemName, PricedRegion } from "./price-list.ts";
import type { CostTrend } from "./trend.ts";

export type CostCenter =
  | "Storefront"
  | "Data Platform"
  | "Machine Learning"
  | "Logistics"
  | "Corporate IT"
  | "Shared Platform";

/** A tag value and what runs under it. */
export interface Workload {
  /** The value of the tag `App`; `null`: the charges have no tag. */
  readonly app: string | null;
  /** `null`: no cost center. Of two, the workload alternates between them each second February. */
  readonly center: CostCenter | null | readonly [CostCenter, CostCenter];
  readonly uses: readonly WorkloadUse[];
}

/** One line of a workload's bill. */
export interface WorkloadUse {
  readonly item: ItemName;
  /** By the item's measure. `running`: running units; `kept`: stored amount; `used`: amount of an average day. */
  readonly amount: number;
  /** Default: `steady`. */
  readonly pattern?: DailyPattern;
  /** Default: the company's home region. */
  readonly region?: PricedRegion;
  /** Present where it differs from the workload's cost center. */
  readonly center?: CostCenter;
  readonly trend?: CostTrend;
  /** The commitment that covers this use. The amount is constant. */
  readonly commitment?: "savings plan" | "reservation";
  /** The amount does not grow with the company. */
  readonly fixed?: true;
  /** The database migration that this use belongs to, and its side. */
  readonly migration?: Migration;
  /** The factor of the usual amount during an incident. */
  readonly runaway?: number;
}

/** Oracle databases are migrationShare one by one, in the autumns of odd years: turn 0 in 2017, turn 1 in 2019. */
export interface Migration {
  readonly turn: number;
  readonly side: "leaving" | "arriving";
}
