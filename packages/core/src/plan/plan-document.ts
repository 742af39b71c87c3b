import type { PricingStatus } from "../pricing/index.ts";
import type { PlanAction, PlanKind } from "./plan.ts";

/** A plan and what it costs, as JSON: `dapanoskop plan --format json`, and what the API answers. Money is decimal text, or `null`. */
export interface PlanDocument {
  readonly schema: 1;
  readonly tool: "terraform" | "opentofu" | null;
  readonly tool_version: string | null;
  readonly format_version: string;
  readonly kind: PlanKind;
  /** False: resources are left out, as `-target` does. */
  readonly complete: boolean;
  readonly fingerprint: string;
  readonly counts: PlanCountsDocument;
  readonly drift: PlanDriftDocument;
  readonly cost: PlanCostDocument;
  /** The largest change of cost first. Their deltas sum to the one of `cost`. */
  readonly resources: readonly PlannedResourceDocument[];
  /** Their deltas sum to the one of `cost`. */
  readonly by_cost_center: readonly CostCenterDeltaDocument[];
  readonly warnings: readonly string[];
}

export interface PlanCountsDocument {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly replace: number;
  readonly read: number;
  readonly import: number;
  readonly move: number;
  readonly forget: number;
  readonly no_op: number;
  readonly outputs: number;
  readonly other: number;
}

export interface PlanDriftDocument {
  readonly changed: number;
  readonly deleted: number;
  readonly resources: readonly DriftedResourceDocument[];
}

export interface DriftedResourceDocument {
  readonly address: string;
  readonly type: string;
  readonly change: "changed" | "deleted";
}

/** Of a month of 730 hours. What recurs and what is charged once are never added. */
export interface PlanCostDocument {
  readonly currency: string;
  /** Of the resources whose cost is known before and after. */
  readonly monthly_before: string;
  readonly monthly_after: string;
  /** `monthly_after` - `monthly_before`. */
  readonly monthly_delta: string;
  /** Absent where the cost before is 0. */
  readonly monthly_delta_percent?: string;
  /** Absent where no usage is given as a range. */
  readonly monthly_delta_range?: AmountRangeDocument;
  /** Charged once, when the plan is applied. */
  readonly one_time: string;
  /** Some cost is not in these amounts: it is unknown, depends on usage that nobody knows, or is of an unsupported type. */
  readonly partial: boolean;
  /** How many resources have each status. */
  readonly priced: number;
  readonly usage_based: number;
  readonly free: number;
  readonly unsupported: number;
  readonly unknown: number;
}

export interface AmountRangeDocument {
  readonly low: string;
  readonly high: string;
}

export interface PlannedResourceDocument {
  readonly address: string;
  /** Absent unless it is a deposed object. */
  readonly deposed?: string;
  readonly type: string;
  readonly action: PlanAction;
  /** The plan's own word; absent where it has none. */
  readonly reason?: string;
  /** Absent where there are none. */
  readonly replace_paths?: readonly string[];
  /** Of a replacement. */
  readonly create_before_destroy?: boolean;
  readonly previous_address?: string;
  readonly import_id?: string;
  readonly region: string | null;
  /** Every resource has one. See `PricingStatus`. */
  readonly status: PricingStatus;
  /** The value of the tag that names workloads; `null` where there is none, or where it is not known: `tag` says which. */
  readonly workload: string | null;
  readonly tag: TagKnowledge;
  /** Of the workload in the published dataset; `null` where nobody knows. */
  readonly cost_center: string | null;
  readonly monthly_before: string | null;
  readonly monthly_after: string | null;
  readonly monthly_delta: string | null;
  readonly monthly_delta_range?: AmountRangeDocument;
  /** Charged once, when the plan is applied; absent where nothing is. */
  readonly one_time?: string;
  readonly parts: readonly PlanPartDocument[];
  /** Why the cost is unknown or partly unknown, and what was assumed. */
  readonly notes: readonly string[];
}

/** `unknown`: the tags of the resource are known only after the apply, so it may be tagged. */
export type TagKnowledge = "present" | "absent" | "unknown";

/** A charge of a resource, such as the hours of a NAT gateway or the data that it processes. */
export interface PlanPartDocument {
  readonly name: string;
  readonly unit: string;
  /** Whether the quantity depends on usage. */
  readonly usage_based: boolean;
  readonly one_time: boolean;
  /** Where it is known, else `null`. Decimal text. */
  readonly quantity_before: string | null;
  readonly quantity_after: string | null;
  readonly monthly_before: string | null;
  readonly monthly_after: string | null;
  readonly monthly_delta: string | null;
  /** Of a unit; `null` where it is unknown or depends on the volume. */
  readonly price: string | null;
  /** Where the price is from; `null` where it is unknown. */
  readonly price_origin: PriceOriginDocument | null;
}

export interface PriceOriginDocument {
  /** `observed`: what this account paid. `list`: AWS's list price. */
  readonly kind: "observed" | "list";
  /** The last day of the observation, or the day of the list. */
  readonly day: string;
  /** Days with a charge, of an observed price. */
  readonly days?: number;
}

export interface CostCenterDeltaDocument {
  /** `null`: no cost center, or nobody knows which. */
  readonly name: string | null;
  readonly monthly_delta: string;
}
