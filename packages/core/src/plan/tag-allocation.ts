import { type JsonValue, SENSITIVE } from "../pricing/index.ts";
import { isJsonObject, property } from "./json-object.ts";
import type { PlanValues, ResourceChange } from "./plan.ts";
import type { TagKnowledge } from "./plan-document.ts";

/** How the cost of a resource is allocated. */
export interface PlanAllocation {
  /** The tag that names workloads; `null` where nobody said it, and then no workload is known. */
  readonly tagKey: string | null;
  /** The cost center of each workload of the published dataset; `null` as a key: of what has no tag. */
  readonly costCenters: ReadonlyMap<string | null, string | null>;
}

/** The workload and cost center of one side of a change. */
export interface AllocatedSide {
  readonly workload: string | null;
  readonly tag: TagKnowledge;
  readonly costCenter: string | null;
}

/** The sides of a change; the one that the resource is not on is `null`. */
export function allocatedSides(
  change: ResourceChange,
  allocation: PlanAllocation,
): { readonly before: AllocatedSide | null; readonly after: AllocatedSide | null } {
  const side = (values: PlanValues | null, unknown: JsonValue) =>
    values === null ? null : allocatedSide(values, unknown, change.hasDefaultTags, allocation);
  return { before: side(change.before, false), after: side(change.after, change.afterUnknown) };
}

function allocatedSide(
  values: PlanValues,
  unknown: JsonValue,
  hasDefaultTags: boolean | null,
  { tagKey, costCenters }: PlanAllocation,
): AllocatedSide {
  const value = tagKey === null ? undefined : tagValue(values, unknown, hasDefaultTags, tagKey);
  if (value === undefined) return { workload: null, tag: "unknown", costCenter: null };
  return {
    workload: value,
    tag: value === null ? "absent" : "present",
    costCenter: costCenters.get(value) ?? null,
  };
}

/** `null`: the resource has no such tag. `undefined`: its tags are known only after the apply, or are sensitive. */
function tagValue(
  values: PlanValues,
  unknown: JsonValue,
  hasDefaultTags: boolean | null,
  key: string,
): string | null | undefined {
  for (const name of ["tags", "tags_all"]) {
    const found = property(property(values, name), key);
    if (typeof found === "string") return found === SENSITIVE ? undefined : found;
  }
  // One unknown tag makes the whole map unknown.
  const isUnknown = (name: string) => {
    const mark = property(unknown, name);
    return mark === true || property(mark, key) === true || property(values, name) === SENSITIVE;
  };
  if (isUnknown("tags")) return undefined;
  // Without tags of its own and of the provider, the map of all tags is unknown too: it will be empty.
  if (isUnknown("tags_all") && (hasDefaultTags !== false || hasOwnTags(values))) return undefined;
  return null;
}

function hasOwnTags(values: PlanValues): boolean {
  const tags = property(values, "tags");
  return isJsonObject(tags) && Object.keys(tags).length > 0;
}
