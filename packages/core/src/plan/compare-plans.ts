import type { PlanAction } from "./plan.ts";
import type { PlanDocument } from "./plan-document.ts";

/** What differs between two plans. Plain JSON, ordered by address; money is decimal text. */
export interface PlanComparison {
  readonly schema: 1;
  readonly from: PlanSide;
  readonly to: PlanSide;
  /** Whether both have the same redacted content. */
  readonly is_same_plan: boolean;
  /** `to` - `from`. */
  readonly monthly_delta_difference: string;
  /** Only in `to`. */
  readonly added: readonly ComparedResource[];
  /** Only in `from`. */
  readonly removed: readonly ComparedResource[];
  /** In both, with another action, status or cost. */
  readonly changed: readonly ComparedResource[];
}

export interface PlanSide {
  readonly fingerprint: string;
  readonly kind: PlanDocument["kind"];
  readonly monthly_delta: string;
  readonly partial: boolean;
}

export interface ComparedResource {
  readonly address: string;
  readonly deposed?: string;
  readonly type: string;
  /** `null` where the plan has no such resource. */
  readonly from_action: PlanAction | null;
  readonly to_action: PlanAction | null;
  readonly from_monthly_delta: string | null;
  readonly to_monthly_delta: string | null;
}
