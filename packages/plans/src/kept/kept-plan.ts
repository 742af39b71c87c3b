import type { PlanDocument } from "@dapanoskop/core/plan";
import { StateError, type StateRecord } from "@dapanoskop/core/state";
import { sha256Hex } from "@dapanoskop/dataset";
import * as v from "valibot";
import type { Owner } from "../owner.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

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
  currency: v.string(),
  monthly_before: v.string(),
  monthly_after: v.string(),
  monthly_delta: v.string(),
  monthly_delta_percent: v.exactOptional(v.string()),
  monthly_delta_range: v.exactOptional(v.object({ low: v.string(), high: v.string() })),
  one_time: v.string(),
  partial: v.boolean(),
  priced: count,
  usage_based: count,
  free: count,
  unsupported: count,
  unknown: count,
});

/** The record of a plan. Its resources and the redacted plan are in a file. */
const schema = v.object({
  schema: v.literal(1),
  id: v.string(),
  project: v.string(),
  uploaded_at: v.string(),
  fingerprint: v.string(),
  kind: v.picklist(["plan", "refresh-only", "errored"]),
  tool: v.nullable(v.picklist(["terraform", "opentofu"])),
  tool_version: v.nullable(v.string()),
  complete: v.boolean(),
  counts,
  drift: v.object({ changed: count, deleted: count }),
  cost,
  /** What somebody said became of it; `null` before. */
  settled: v.nullable(v.object({ as: v.picklist(["applied", "dropped"]), at: v.string() })),
  /** Of this content of the plan: another plan has another id. */
  approval: v.nullable(v.object({ by: v.string(), at: v.string() })),
});

/** What is kept of an uploaded plan, beside its file. Money is decimal text. */
export type KeptPlan = v.InferOutput<typeof schema>;

export const keptPlanKey = (owner: Owner, id: string) => ({ partition: `plan#${owner}`, sort: id });

/** @throws StateError `corrupt` */
export function keptPlanIn({ key, value }: StateRecord): KeptPlan {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  throw new StateError(
    "corrupt",
    `The record ${key.sort} of ${key.partition} is no plan that this version can read. Update Dapanoskop, or remove the record.`,
  );
}

/** The id of a plan in a project: the same content of the same project always has the same one. */
export async function planIdOf(project: string, fingerprint: string): Promise<string> {
  return (await sha256Hex(new TextEncoder().encode(`${project}\n${fingerprint}`))).slice(0, 32);
}

export function newKeptPlan(
  id: string,
  project: string,
  at: string,
  { fingerprint, kind, tool, tool_version, complete, counts, drift, cost }: PlanDocument,
): KeptPlan {
  return {
    schema: 1,
    id,
    project,
    uploaded_at: at,
    fingerprint,
    kind,
    tool,
    tool_version,
    complete,
    counts,
    drift: { changed: drift.changed, deleted: drift.deleted },
    cost,
    settled: null,
    approval: null,
  };
}
