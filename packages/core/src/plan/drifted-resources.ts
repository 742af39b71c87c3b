import { attributeDifferences } from "./attribute-differences.ts";
import type { Plan, ResourceChange } from "./plan.ts";
import type { DriftedResourceDocument, PlanDriftDocument } from "./plan-document.ts";

/**
 * What a plan lists as changed outside of Terraform. Attributes that are empty in another way (`null`, then `{}`) are equal, and so
 * are tags that move between a resource and the default tags: real plans list resources with such attributes alone, and say
 * "No changes".
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
  return attributeDifferences(before, after).length > 0;
}
