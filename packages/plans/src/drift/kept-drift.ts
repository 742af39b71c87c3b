import { StateError, type StateRecord } from "@dapanoskop/core/state";
import * as v from "valibot";
import type { Owner } from "../owner.ts";

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const scanSchema = v.object({
  id: v.string(),
  scanned_at: v.string(),
  status: v.picklist(["drift", "no_drift", "failed"]),
  /** Why it failed, in a sentence; `null` where it did not. */
  reason: v.nullable(v.string()),
  /** The four below are `null` of a failed scan. */
  currency: v.nullable(v.string()),
  counts: v.nullable(v.object({ cost: count, allocation: count, other: count, ignored: count })),
  /** Decimal text; `null` also where no delta is known. */
  monthly_delta: v.nullable(v.string()),
  partial: v.nullable(v.boolean()),
});

const projectSchema = v.object({
  schema: v.literal(1),
  project: v.string(),
  latest: scanSchema,
  last_good: v.nullable(scanSchema),
  /** Names the records of the findings, which are replaced together. */
  generation: v.string(),
  parts: count,
});

const findingSchema = v.object({
  id: v.string(),
  address: v.string(),
  deposed: v.nullable(v.string()),
  type: v.string(),
  change: v.picklist(["changed", "deleted"]),
  severity: v.picklist(["cost", "allocation", "other"]),
  moves_cost: v.boolean(),
  paths: v.array(v.string()),
  monthly_delta: v.nullable(v.string()),
  ignored: v.boolean(),
  /** The scan that found it first since it was there last. */
  first_seen: v.string(),
  /** The last scan that found it: of a finding that is not resolved, the newest scan that did not fail. */
  last_seen: v.string(),
  resolved_at: v.nullable(v.string()),
});

const partSchema = v.object({ schema: v.literal(1), findings: v.array(findingSchema) });

/** A scan of a project, or an attempt at one. */
export type KeptDriftScan = v.InferOutput<typeof scanSchema>;
/** A project's newest scan, and where that one failed the newest one that did not. */
export type KeptDriftProject = v.InferOutput<typeof projectSchema>;
/** A drifted resource over all scans of its project. Its id stays the same, also when it drifts again later. */
export type KeptDriftFinding = v.InferOutput<typeof findingSchema>;

export const driftProjectKey = (owner: Owner, project: string) => ({
  partition: `drift#${owner}`,
  sort: project,
});

export const driftPartKey = (owner: Owner, project: string, generation: string, part: number) => ({
  partition: `drift#${owner}#${project}`,
  sort: `findings#${generation}#${part}`,
});

/** @throws StateError `corrupt` */
export const driftProjectIn = (record: StateRecord): KeptDriftProject => parsed(projectSchema, record);

/** @throws StateError `corrupt` */
export const driftPartIn = (record: StateRecord): readonly KeptDriftFinding[] =>
  parsed(partSchema, record).findings;

function parsed<Schema extends v.GenericSchema>(schema: Schema, { key, value }: StateRecord) {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  throw new StateError(
    "corrupt",
    `The record ${key.sort} of ${key.partition} is no drift that this version can read. Update Dapanoskop, or remove the record.`,
  );
}
