import type { JsonValue } from "../pricing/index.ts";
import { emptyObject, isJsonList, isJsonObject } from "./json-object.ts";
import type { Plan, ResourceChange } from "./plan.ts";
import type { DriftedResourceDocument, PlanDriftDocument } from "./plan-document.ts";

/**
 * What a plan lists as changed outside of Terraform. Attributes that are empty in another way (`null`, then `{}`) are equal:
 * real plans list resources with such attributes alone, and say "No changes".
 */
export function driftedResources({ drift }: Plan): PlanDriftDocument {
  const resources = drift.filter(isChanged).map(
    ({ address, type, action }): DriftedResourceDocument => ({
      address,
      type,
      change: action === "delete" ? "deleted" : "changed",
    }),
  );
  const deleted = resources.filter(({ change }) => change === "deleted").length;
  return { changed: resources.length - deleted, deleted, resources };
}

function isChanged({ action, before, after, sensitiveChanges }: ResourceChange): boolean {
  if (action === "no-op") return false;
  if (before === null || after === null || sensitiveChanges.length > 0) return true;
  return JSON.stringify(withoutEmpty(before)) !== JSON.stringify(withoutEmpty(after));
}

/** `undefined` where nothing is left. Elements of lists are sorted: the order of a set depends on its content. */
function withoutEmpty(value: JsonValue): JsonValue | undefined {
  if (value === null || value === "") return undefined;
  if (isJsonList(value)) {
    const left = value.flatMap((child) => withoutEmpty(child) ?? []);
    const sorted = left.map((child) => JSON.stringify(child)).sort();
    return sorted.length === 0 ? undefined : sorted;
  }
  if (!isJsonObject(value)) return value;
  const copy = emptyObject();
  for (const key of Object.keys(value).sort()) {
    const left = withoutEmpty(value[key] ?? null);
    if (left !== undefined) copy[key] = left;
  }
  return Object.keys(copy).length === 0 ? undefined : copy;
}
