import type { Owner } from "../owner.ts";
import { isProject } from "../project.ts";

/**
 * Where redacted plans live, which are too large for records of state. A file is written once, whole, and deleted.
 * Every verb throws `StoreError`, or `StateError` in a folder of state, whose message names the plan.
 */
export interface PlanFiles {
  /** The location in words, for messages: a folder, `s3://BUCKET`. */
  readonly place: string;
  /** Writes a file that does not exist; an existing one stays as it is. It is there afterwards. */
  putIfAbsent(key: PlanFileKey, body: Uint8Array): Promise<void>;
  /** The bytes of a file; `null` when there is none. */
  get(key: PlanFileKey): Promise<Uint8Array | null>;
  /** Deletes a file; one that does not exist is none afterwards, either. */
  delete(key: PlanFileKey): Promise<void>;
}

export interface PlanFileKey {
  readonly owner: Owner;
  readonly project: string;
  /** 32 hex digits. */
  readonly planId: string;
}

const PLAN_ID = /^[0-9a-f]{32}$/;
const OWNER = /^(local|[a-z]+:=?[A-Za-z0-9._@-]{1,120})$/;

/** @throws RangeError for a key that is none: such a key is a defect of ours, since requests are checked before */
export function checkPlanFileKey({ owner, project, planId }: PlanFileKey): void {
  if (OWNER.test(owner) && isProject(project) && PLAN_ID.test(planId)) return;
  throw new RangeError("A plan's file is named by an owner, a project and a plan's id.");
}
