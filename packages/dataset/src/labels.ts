import type { NameKind } from "@dapanoskop/core/insight";

/** The published names of charges without a tag, and without a category. */
export const UNTAGGED = "Untagged";
export const UNCATEGORIZED = "Uncategorized";

export interface Labelled {
  readonly name: string;
  readonly kind: NameKind;
}

/** A workload's published name. A tag value that equals the label gets a suffix. */
export const workloadLabel = (workload: string | null): Labelled =>
  label(workload, UNTAGGED, "untagged", " (tag)");

/** A cost center's published name. */
export const costCenterLabel = (costCenter: string | null): Labelled =>
  label(costCenter, UNCATEGORIZED, "uncategorized", " (category)");

/** The tag value behind a published workload name: `null` for Untagged. The inverse of `workloadLabel`. */
export const workloadOfLabel = (name: string): string | null => unlabel(name, UNTAGGED, " (tag)");

/** The category value behind a published cost center name: `null` for Uncategorized. */
export const costCenterOfLabel = (name: string): string | null => unlabel(name, UNCATEGORIZED, " (category)");

function label(value: string | null, absent: string, kind: NameKind, suffix: string): Labelled {
  if (value === null) return { name: absent, kind };
  return { name: isLikeLabel(value, absent, suffix) ? `${value}${suffix}` : value, kind: "named" };
}

function unlabel(name: string, absent: string, suffix: string): string | null {
  if (name === absent) return null;
  return isLikeLabel(name, absent, suffix) ? name.slice(0, -suffix.length) : name;
}

// A value may itself be "Untagged (tag)": every such name gets one suffix more, so that two never become one.
function isLikeLabel(value: string, absent: string, suffix: string): boolean {
  if (!value.startsWith(absent)) return false;
  let rest = value.slice(absent.length);
  while (rest.startsWith(suffix)) rest = rest.slice(suffix.length);
  return rest === "";
}
