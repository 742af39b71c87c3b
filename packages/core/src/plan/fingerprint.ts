import { sha256Hex } from "../store/index.ts";
import type { RedactedChange, RedactedPlan } from "./redact/redacted-plan.ts";

/** A redacted plan as text: each of its changes once, for its bytes and for its fingerprint. */
export interface RedactedText {
  /** Everything but the lists of changes. */
  readonly head: Omit<RedactedPlan, "resource_changes" | "resource_drift">;
  /** `null`: the plan is refresh-only. */
  readonly changes: readonly string[] | null;
  readonly drift: readonly string[];
}

export function redactedText({ resource_changes, resource_drift, ...head }: RedactedPlan): RedactedText {
  const textOf = (change: RedactedChange) => JSON.stringify(change);
  return { head, changes: resource_changes?.map(textOf) ?? null, drift: resource_drift.map(textOf) };
}

/** The plan as JSON. */
export function redactedBytes({ head, changes, drift }: RedactedText): Uint8Array {
  const lists = `"resource_changes":${changes === null ? "null" : listText(changes)},"resource_drift":${listText(drift)}`;
  return new TextEncoder().encode(`${JSON.stringify(head).slice(0, -1)},${lists}}`);
}

const listText = (texts: readonly string[]) => `[${texts.join(",")}]`;

/**
 * What a plan does, as 64 hex digits: SHA-256 of its redacted content. The order of its resources and of keys, its time and the
 * version of the tool do not count.
 */
export function fingerprintOf({ head, changes, drift }: RedactedText): Promise<string> {
  const { errored, complete, output_changes, deferred } = head;
  const outputs = Object.entries(output_changes).sort(([a], [b]) => (a < b ? -1 : 1));
  const facts = JSON.stringify([errored, complete, outputs, deferred, changes === null]);
  // The texts are JSON, which has no line break of its own: a list cannot be taken for another one.
  const lines = [facts, ...[...(changes ?? [])].sort(), "drift", ...[...drift].sort()];
  return sha256Hex(new TextEncoder().encode(lines.join("\n")));
}
