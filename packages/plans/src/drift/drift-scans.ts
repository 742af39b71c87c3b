import type { Instant } from "@dapanoskop/core/calendar";
import type { DriftReport } from "@dapanoskop/core/drift";
import { moneyText } from "@dapanoskop/core/money";
import { StateError, type StateRecord, type StateStore } from "@dapanoskop/core/state";
import { sha256Hex } from "@dapanoskop/core/store";
import type { Owner } from "../owner.ts";
import { readFindings, removeFindings, writeFindings } from "./finding-parts.ts";
import {
  driftProjectIn,
  driftProjectKey,
  type KeptDriftFinding,
  type KeptDriftProject,
  type KeptDriftScan,
} from "./kept-drift.ts";
import { mergeFindings } from "./merge-findings.ts";

/** What a scan came to: a report, or the sentence why it failed. */
export type DriftScanResult = { readonly report: DriftReport } | { readonly reason: string };

/** A scan as it is recorded. */
export interface NewDriftScan {
  readonly project: string;
  readonly at: Instant;
  readonly result: DriftScanResult;
}

const ATTEMPTS = 10;

/**
 * Records a scan. A failed one changes nothing but the newest scan: it resolves no finding, and the last good one stays. A scan
 * that is older than the newest one of its kind changes nothing: scans of several pipelines may arrive in any order.
 * @throws StateError
 */
export async function recordDriftScan(
  state: StateStore,
  owner: Owner,
  scan: NewDriftScan,
): Promise<KeptDriftScan> {
  const kept = await keptScan(scan);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (await recordOnce(state, owner, scan, kept)) return kept;
  }
  throw new StateError(
    "throttled",
    `The drift of ${scan.project} in ${state.place} was changed by others ${ATTEMPTS} times. Scan again.`,
  );
}

/** @returns false where another scan was recorded meanwhile */
async function recordOnce(
  state: StateStore,
  owner: Owner,
  { project, at, result }: NewDriftScan,
  kept: KeptDriftScan,
): Promise<boolean> {
  const key = driftProjectKey(owner, project);
  const record = await state.get(key);
  const current = record === null ? null : driftProjectIn(record);
  const latest = current === null || current.latest.scanned_at <= at ? kept : current.latest;
  const lastGood = current?.last_good ?? null;
  const isSuperseded = "report" in result && lastGood !== null && lastGood.scanned_at > at;
  if ("reason" in result || isSuperseded) {
    const findings = { generation: current?.generation ?? NO_GENERATION, parts: current?.parts ?? 0 };
    return put(state, record, { schema: 1, project, latest, last_good: lastGood, ...findings }, owner);
  }
  const before = current === null ? [] : await readFindings(state, owner, current);
  if (before === null) return false;
  const findings = await mergeFindings(project, before, result.report, at, lastGood?.scanned_at ?? null);
  const base = `${kept.id} ${record?.version ?? ""}`;
  const written = await writeFindings(state, owner, project, base, findings);
  const next: KeptDriftProject = { schema: 1, project, latest, last_good: kept, ...written };
  if (await put(state, record, next, owner)) {
    if (current !== null) await removeFindings(state, owner, current);
    return true;
  }
  // The same scan may be recorded by two at once: then the other one's records are these.
  const isRecorded = (await driftProject(state, owner, project))?.generation === next.generation;
  if (!isRecorded) await removeFindings(state, owner, next);
  return isRecorded;
}

/** Of a project without findings. */
const NO_GENERATION = "none";

async function put(
  state: StateStore,
  record: StateRecord | null,
  project: KeptDriftProject,
  owner: Owner,
): Promise<boolean> {
  const value = { value: project, expiresAt: null };
  const key = driftProjectKey(owner, project.project);
  const { outcome } = await (record === null
    ? state.putIfAbsent(key, value)
    : state.putIfVersion(key, value, record.version));
  return outcome === "written";
}

async function keptScan({ project, at, result }: NewDriftScan): Promise<KeptDriftScan> {
  const facts = "reason" in result ? failed(result.reason) : reported(result.report);
  const text = JSON.stringify([project, at, facts]);
  const id = (await sha256Hex(new TextEncoder().encode(text))).slice(0, 32);
  return { id, scanned_at: at, ...facts };
}

const failed = (reason: string) => ({
  status: "failed" as const,
  reason,
  currency: null,
  counts: null,
  monthly_delta: null,
  partial: null,
});

function reported({ currency, counts, monthlyDelta, isPartial }: DriftReport) {
  const { cost, allocation, other } = counts;
  return {
    status: cost + allocation + other > 0 ? ("drift" as const) : ("no_drift" as const),
    reason: null,
    currency,
    counts,
    monthly_delta: monthlyDelta === null ? null : moneyText(monthlyDelta),
    partial: isPartial,
  };
}

/** How each project of an owner stands, by name. @throws StateError */
export async function driftProjects(state: StateStore, owner: Owner): Promise<readonly KeptDriftProject[]> {
  return (await state.list(driftProjectKey(owner, "").partition)).map(driftProjectIn);
}

/** How a project stands; `null` where it was never scanned. @throws StateError */
export async function driftProject(
  state: StateStore,
  owner: Owner,
  project: string,
): Promise<KeptDriftProject | null> {
  const record = await state.get(driftProjectKey(owner, project));
  return record === null ? null : driftProjectIn(record);
}

/**
 * The findings of a project, the open ones first: its newest scan that did not fail, and what was resolved in the last 90 days.
 * Empty where it has none or was never scanned.
 * @throws StateError
 */
export async function driftFindings(
  state: StateStore,
  owner: Owner,
  project: string,
): Promise<readonly KeptDriftFinding[]> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const current = await driftProject(state, owner, project);
    const findings = current === null ? [] : await readFindings(state, owner, current);
    // A scan replaced them while they were read.
    if (findings !== null) return findings;
  }
  throw new StateError(
    "corrupt",
    `The findings of ${project} in ${state.place} are incomplete. Scan the project again.`,
  );
}
