import { type Instant, instantOf } from "@dapanoskop/core/calendar";
import type { PlanDocument } from "@dapanoskop/core/plan";
import { StateError, type StateRecord, type StateStore } from "@dapanoskop/core/state";
import type { PlanFiles } from "../files/plan-files.ts";
import type { Owner } from "../owner.ts";
import { type KeptPlan, keptPlanIn, keptPlanKey, newKeptPlan, planIdOf } from "./kept-plan.ts";
import { documentIn, planFileBody } from "./plan-file.ts";

/** Where plans are kept: small records, and a file for each plan. */
export interface PlanStorage {
  readonly state: StateStore;
  readonly files: PlanFiles;
}

export interface NewPlan {
  readonly project: string;
  readonly document: PlanDocument;
  /** The redacted plan's JSON. Nothing that is not redacted may get here. */
  readonly redacted: Uint8Array;
  readonly at: Instant;
}

/** How long a plan is kept, in days: long enough to compare what it said with a year's bills. */
export const KEPT_DAYS = 400;

/** The newest plans of an owner that are kept. A list reads all of their records, some 1 MB. */
export const MOST_PLANS = 1_000;

/**
 * Keeps a plan. The same plan of the same project is kept once: then nothing changes, and `isNew` is false. The file is
 * written before the record, so that a record always has its file; beyond `MOST_PLANS` the oldest plans are deleted.
 * @throws StateError, StoreError
 */
export async function keepPlan(
  { state, files }: PlanStorage,
  owner: Owner,
  { project, document, redacted, at }: NewPlan,
): Promise<{ readonly plan: KeptPlan; readonly isNew: boolean }> {
  const id = await planIdOf(project, document.fingerprint);
  const key = keptPlanKey(owner, id);
  await files.putIfAbsent({ owner, project, planId: id }, planFileBody(document, redacted));
  const plan = newKeptPlan(id, project, at, document);
  const put = await state.putIfAbsent(key, { value: plan, expiresAt: daysAfter(at, KEPT_DAYS) });
  if (put.outcome === "written") {
    await deleteOldest({ state, files }, owner);
    return { plan, isNew: true };
  }
  const existing = await state.get(key);
  return existing === null ? { plan, isNew: true } : { plan: keptPlanIn(existing), isNew: false };
}

/** The plans of an owner, every one of them, newest first. @throws StateError, also where one cannot be read */
export async function keptPlans(
  { state }: Pick<PlanStorage, "state">,
  owner: Owner,
): Promise<readonly KeptPlan[]> {
  const { partition } = keptPlanKey(owner, "");
  return (await state.list(partition)).map(keptPlanIn).sort(byNewest);
}

/**
 * The plans of an owner that this version can read, newest first: what one plan is told by, which no other holds back.
 * @throws StateError when the store fails
 */
export async function readablePlans(
  { state }: Pick<PlanStorage, "state">,
  owner: Owner,
): Promise<readonly KeptPlan[]> {
  const records = await state.list(keptPlanKey(owner, "").partition);
  return records.flatMap((record) => readableIn(record) ?? []).sort(byNewest);
}

function readableIn(record: StateRecord): KeptPlan | null {
  try {
    return keptPlanIn(record);
  } catch (error) {
    if (error instanceof StateError) return null;
    throw error;
  }
}

/** A plan of an owner; `null` where the owner has none of that id. @throws StateError */
export async function keptPlan(
  { state }: Pick<PlanStorage, "state">,
  owner: Owner,
  id: string,
): Promise<KeptPlan | null> {
  const record = await state.get(keptPlanKey(owner, id));
  return record === null ? null : keptPlanIn(record);
}

/** The document of a kept plan, as it was priced when it was uploaded; `null` where its file was deleted meanwhile. */
export async function keptPlanDocument(
  { files }: Pick<PlanStorage, "files">,
  owner: Owner,
  { project, id }: KeptPlan,
): Promise<PlanDocument | null> {
  const body = await files.get({ owner, project, planId: id });
  return body === null ? null : documentIn(body, `${id} in ${files.place}`);
}

/** What may be said of a kept plan. */
export type KeptPlanChange = Partial<Pick<KeptPlan, "settled" | "approval">>;

/**
 * Changes what is said of a plan. @returns `null` where the owner has no plan of that id
 * @throws StateError
 */
export async function changeKeptPlan(
  { state }: Pick<PlanStorage, "state">,
  owner: Owner,
  id: string,
  change: KeptPlanChange,
): Promise<KeptPlan | null> {
  const key = keptPlanKey(owner, id);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const record = await state.get(key);
    if (record === null) return null;
    const plan: KeptPlan = { ...keptPlanIn(record), ...change };
    const put = await state.putIfVersion(key, { value: plan, expiresAt: record.expiresAt }, record.version);
    if (put.outcome === "written") return plan;
  }
  throw new StateError("throttled", `The plan ${id} was changed by others ${ATTEMPTS} times. Try again.`);
}

/** Others that change the same record at the same moment. */
const ATTEMPTS = 10;

/**
 * Deletes a plan: its file first, since a record without a file can be deleted again, and a file without a record by nobody.
 * @returns whether there was one
 * @throws StateError, StoreError
 */
export async function deleteKeptPlan(storage: PlanStorage, owner: Owner, id: string): Promise<boolean> {
  const record = await storage.state.get(keptPlanKey(owner, id));
  if (record === null) return false;
  await deleteRecord(storage, owner, record);
  return true;
}

async function deleteRecord({ state, files }: PlanStorage, owner: Owner, record: StateRecord): Promise<void> {
  const { id, project } = keptPlanIn(record);
  await files.delete({ owner, project, planId: id });
  let current: StateRecord | null = record;
  while (current !== null && (await state.remove(record.key, current.version)).outcome === "refused") {
    current = await state.get(record.key);
  }
}

async function deleteOldest(storage: PlanStorage, owner: Owner): Promise<void> {
  const records = await storage.state.list(keptPlanKey(owner, "").partition);
  if (records.length <= MOST_PLANS) return;
  const newestFirst = records
    .flatMap((record) => {
      const plan = readableIn(record);
      return plan === null ? [] : [{ record, plan }];
    })
    .sort((a, b) => byNewest(a.plan, b.plan));
  for (const { record } of newestFirst.slice(MOST_PLANS)) await deleteRecord(storage, owner, record);
}

const byNewest = (a: KeptPlan, b: KeptPlan): number =>
  a.uploaded_at === b.uploaded_at ? (a.id < b.id ? -1 : 1) : a.uploaded_at > b.uploaded_at ? -1 : 1;

const daysAfter = (at: Instant, days: number): Instant =>
  instantOf(new Date(Date.parse(at) + days * 86_400_000));
