import type { Instant } from "@dapanoskop/core/calendar";
import type { DriftedResource, DriftReport } from "@dapanoskop/core/drift";
import { moneyText } from "@dapanoskop/core/money";
import { sha256Hex } from "@dapanoskop/core/store";
import type { KeptDriftFinding } from "./kept-drift.ts";

/** How long a resolved finding is kept, in days. */
const RESOLVED_DAYS = 90;

/** Of a finding: more of them say no more to a person. */
const MOST_PATHS = 100;

/**
 * The findings of a project after a scan that did not fail: what is there again keeps when it was seen first, what is not there
 * any more is resolved, what drifts again after that is seen first again.
 * @param lastGood when the last scan before it was made that did not fail
 */
export async function mergeFindings(
  project: string,
  before: readonly KeptDriftFinding[],
  { resources }: DriftReport,
  at: Instant,
  lastGood: Instant | null,
): Promise<readonly KeptDriftFinding[]> {
  const open = new Map(before.filter(({ resolved_at }) => resolved_at === null).map((one) => [one.id, one]));
  const found = new Map<string, KeptDriftFinding>();
  for (const resource of resources) {
    const id = await findingId(project, resource.address, resource.deposed);
    const { previousAddress } = resource;
    const oldId = previousAddress === null ? null : await findingId(project, previousAddress, null);
    const known = open.get(id) ?? (oldId === null ? undefined : open.get(oldId));
    // A finding whose resource was moved is the same one under its new address.
    if (oldId !== null) open.delete(oldId);
    found.set(id, finding(id, resource, known?.first_seen ?? at, at));
  }
  const oldest = Date.parse(at) - RESOLVED_DAYS * 86_400_000;
  const others = before
    .filter(({ id, resolved_at }) => !found.has(id) && (resolved_at !== null || open.has(id)))
    .map((one) =>
      one.resolved_at === null ? { ...one, last_seen: lastGood ?? one.first_seen, resolved_at: at } : one,
    );
  const recent = others.filter(({ resolved_at }) => Date.parse(resolved_at ?? at) >= oldest);
  return [...found.values(), ...recent];
}

/** The same resource of the same project always has the same one. */
async function findingId(project: string, address: string, deposed: string | null): Promise<string> {
  const text = JSON.stringify([project, address, deposed]);
  return (await sha256Hex(new TextEncoder().encode(text))).slice(0, 32);
}

function finding(id: string, resource: DriftedResource, firstSeen: Instant, at: Instant): KeptDriftFinding {
  const { monthlyDelta, paths, ignoredPaths, isIgnored } = resource;
  return {
    id,
    address: resource.address,
    deposed: resource.deposed,
    type: resource.type,
    change: resource.change,
    severity: resource.severity,
    moves_cost: resource.movesCost,
    paths: (isIgnored ? ignoredPaths : paths).slice(0, MOST_PATHS),
    monthly_delta: monthlyDelta === null ? null : moneyText(monthlyDelta),
    ignored: isIgnored,
    first_seen: firstSeen,
    last_seen: at,
    resolved_at: null,
  };
}
