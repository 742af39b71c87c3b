import type { JsonValue } from "../pricing/index.ts";
import { sha256Hex } from "../store/index.ts";
import { emptyObject, isJsonList, isJsonObject } from "./json-object.ts";
import type { RedactedChange, RedactedPlan } from "./redact/redacted-plan.ts";

/**
 * What a plan does, as 64 hex digits: SHA-256 of its redacted content. The order of its resources and of keys, its time and the
 * version of the tool do not count.
 */
export function fingerprintOf(plan: RedactedPlan): Promise<string> {
  const content = {
    errored: plan.errored,
    complete: plan.complete,
    resource_changes: plan.resource_changes === null ? null : inOrder(plan.resource_changes),
    resource_drift: inOrder(plan.resource_drift),
    output_changes: canonicalText(plan.output_changes),
    deferred: plan.deferred,
  };
  return sha256Hex(new TextEncoder().encode(JSON.stringify(content)));
}

const inOrder = (changes: readonly RedactedChange[]): readonly string[] => changes.map(changeText).sort();

function changeText({ change, ...entry }: RedactedChange): string {
  const { before, after, after_unknown, written_not_planned, references, ...others } = change;
  const values = [before, after, after_unknown, written_not_planned, references].map(canonicalText);
  return JSON.stringify([entry, others, values]);
}

/** The JSON of a value with the keys of each object in order. Terraform writes them so, and then nothing is copied. */
function canonicalText(value: JsonValue): string {
  return JSON.stringify(isInOrder(value) ? value : ordered(value));
}

function isInOrder(value: JsonValue): boolean {
  if (isJsonList(value)) return value.every(isInOrder);
  if (!isJsonObject(value)) return true;
  let last = "";
  for (const [key, child] of Object.entries(value)) {
    if (key < last || !isInOrder(child)) return false;
    last = key;
  }
  return true;
}

function ordered(value: JsonValue): JsonValue {
  if (isJsonList(value)) return value.map(ordered);
  if (!isJsonObject(value)) return value;
  const copy = emptyObject();
  for (const key of Object.keys(value).sort()) copy[key] = ordered(value[key] ?? null);
  return copy;
}
