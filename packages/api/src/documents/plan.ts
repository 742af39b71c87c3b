import * as v from "valibot";
import { count, currency, decimal, fingerprint, instant, pageOf, project, unknownDecimal } from "./parts.ts";

const action = v.picklist(["create", "update", "delete", "replace", "read", "no-op", "forget", "other"]);
const kind = v.picklist(["plan", "refresh-only", "errored"]);
const range = v.object({ low: decimal, high: decimal });

const counts = v.object({
  create: count,
  update: count,
  delete: count,
  replace: count,
  read: count,
  import: count,
  move: count,
  forget: count,
  no_op: count,
  outputs: count,
  other: count,
});

const cost = v.object({
  currency,
  monthly_before: decimal,
  monthly_after: decimal,
  monthly_delta: decimal,
  monthly_delta_percent: v.exactOptional(decimal),
  monthly_delta_range: v.exactOptional(range),
  one_time: decimal,
  partial: v.boolean(),
  priced: count,
  usage_based: count,
  free: count,
  unsupported: count,
  unknown: count,
});

const part = v.object({
  name: v.string(),
  unit: v.string(),
  usage_based: v.boolean(),
  one_time: v.boolean(),
  quantity_before: unknownDecimal,
  quantity_after: unknownDecimal,
  monthly_before: unknownDecimal,
  monthly_after: unknownDecimal,
  monthly_delta: unknownDecimal,
  price: unknownDecimal,
  price_origin: v.nullable(
    v.object({ kind: v.picklist(["observed", "list"]), day: v.string(), days: v.exactOptional(count) }),
  ),
});

const resource = v.object({
  address: v.string(),
  deposed: v.exactOptional(v.string()),
  type: v.string(),
  action,
  reason: v.exactOptional(v.string()),
  replace_paths: v.exactOptional(v.array(v.string())),
  create_before_destroy: v.exactOptional(v.boolean()),
  previous_address: v.exactOptional(v.string()),
  import_id: v.exactOptional(v.string()),
  region: v.nullable(v.string()),
  status: v.picklist(["priced", "usage-based", "free", "unsupported", "unknown"]),
  workload: v.nullable(v.string()),
  tag: v.picklist(["present", "absent", "unknown"]),
  cost_center: v.nullable(v.string()),
  monthly_before: unknownDecimal,
  monthly_after: unknownDecimal,
  monthly_delta: unknownDecimal,
  monthly_delta_range: v.exactOptional(range),
  one_time: v.exactOptional(decimal),
  parts: v.array(part),
  notes: v.array(v.string()),
});

/** A plan and what it costs, as `dapanoskop plan --format json` prints it: `PlanDocument` of core/plan. */
export const planDocument = v.object({
  schema: v.literal(1),
  tool: v.nullable(v.picklist(["terraform", "opentofu"])),
  tool_version: v.nullable(v.string()),
  format_version: v.string(),
  kind,
  complete: v.boolean(),
  fingerprint,
  counts,
  drift: v.object({
    changed: count,
    deleted: count,
    resources: v.array(
      v.object({ address: v.string(), type: v.string(), change: v.picklist(["changed", "deleted"]) }),
    ),
  }),
  cost,
  resources: v.array(resource),
  by_cost_center: v.array(v.object({ name: v.nullable(v.string()), monthly_delta: decimal })),
  warnings: v.array(v.string()),
});

/** Of a project and the plan's fingerprint: the same plan of the same project has the same one. */
export const planId = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/));

/**
 * - `open`: the newest plan of its project, neither applied nor dropped, and at most 30 days old. An errored or refresh-only
 *   plan is never open.
 * - `superseded`: a newer plan of the project was uploaded, or 30 days passed
 * - `applied`, `dropped`: somebody said so
 */
export const planStates = ["open", "superseded", "applied", "dropped"] as const;

/** What is kept of an uploaded plan, without its resources. */
export const planSummary = v.object({
  id: planId,
  project,
  uploaded_at: instant,
  fingerprint,
  kind,
  tool: v.nullable(v.picklist(["terraform", "opentofu"])),
  tool_version: v.nullable(v.string()),
  complete: v.boolean(),
  counts,
  drift: v.object({ changed: count, deleted: count }),
  cost,
  state: v.picklist(planStates),
  /** When it became applied or dropped; `null` before. */
  settled_at: v.nullable(instant),
  /** Bound to the fingerprint: another plan of the project has none. */
  approval: v.nullable(v.object({ by: v.string(), at: instant })),
});

export const planList = pageOf(planSummary);

/** One plan: what is kept of it, and its document with every resource. */
export const planAnswer = v.object({ summary: planSummary, document: planDocument });

export const planStateChange = v.strictObject({ state: v.picklist(["open", "applied", "dropped"]) });
export const planApprovalChange = v.strictObject({ approved: v.boolean() });

/** What the open plans would add to a month. */
export const openPlans = v.object({
  /** `null` where no plan is open, or where they have several currencies. */
  currency: v.nullable(currency),
  /** `null` where `currency` is. */
  monthly_delta: unknownDecimal,
  /** Whether some cost of a plan is not in the amount. */
  partial: v.boolean(),
  /** The largest increase first. */
  plans: v.array(planSummary),
});

const side = v.object({ fingerprint, kind, currency, monthly_delta: decimal, partial: v.boolean() });
const compared = v.object({
  address: v.string(),
  deposed: v.exactOptional(v.string()),
  type: v.string(),
  from_action: v.nullable(action),
  to_action: v.nullable(action),
  from_monthly_delta: unknownDecimal,
  to_monthly_delta: unknownDecimal,
});

/** What differs between two plans: `PlanComparison` of core/plan. */
export const planComparison = v.object({
  schema: v.literal(1),
  from: side,
  to: side,
  is_same_plan: v.boolean(),
  /** `null` where the plans have different currencies. */
  monthly_delta_difference: unknownDecimal,
  added: v.array(compared),
  removed: v.array(compared),
  changed: v.array(compared),
});

export type PlanSummary = v.InferOutput<typeof planSummary>;
export type PlanAnswer = v.InferOutput<typeof planAnswer>;
export type PlanList = v.InferOutput<typeof planList>;
export type OpenPlans = v.InferOutput<typeof openPlans>;
