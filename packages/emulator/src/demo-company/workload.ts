import type { Rhythm } from "./daily-pattern.ts";
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
  /** The value of the tag `App`; `null` is what somebody forgot to tag. */
  readonly app: string | null;
  /** `null` is outside every cost center. Two take turns: the workload moves each second February. */
  readonly center: CostCenter | null | readonly [CostCenter, CostCenter];
  readonly uses: readonly WorkloadUse[];
}

/** One line of a workload's bill. */
export interface WorkloadUse {
  readonly item: ItemName;
  /** `running`: how many run; `kept`: how much is kept; `used`: how much an average day uses. */
  readonly amount: number;
  /** `steady` unless told. */
  readonly rhythm?: Rhythm;
  /** Home unless told. */
  readonly region?: PricedRegion;
  /** Where it differs from the workload's. */
  readonly center?: CostCenter;
  readonly trend?: CostTrend;
  /** Bought ahead: covered by the savings plan, or reserved. The amount never moves. */
  readonly commitment?: "savings plan" | "reservation";
  /** The amount never grows with the company. */
  readonly fixed?: true;
  /** A side of a database's migration, and whose turn it is. */
  readonly migration?: Migration;
  /** How many times its usual amount this reaches when it runs away. */
  readonly runaway?: number;
}

/** Oracle databases leave one by one, in the autumns of odd years: turn 0 in 2017, turn 1 in 2019. */
export interface Migration {
  readonly turn: number;
  readonly side: "leaving" | "arriving";
}
