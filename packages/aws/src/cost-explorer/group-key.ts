import type { Grouping } from "@dapanoskop/core/source";
import { quoted } from "@dapanoskop/core/text";

/**
 * Reads one key of a group. A tag's group is written `App$value` and a cost category's `Name$value`; the value may
 * itself hold a `$`. Nothing after the `$` means that the charge has no such tag or category: `null`. An empty tag
 * value is written the same way, so the two cannot be told apart. Dimension keys are kept as they are, `""` included.
 * @throws RangeError on a key without the prefix that its grouping must have
 */
export function groupKey(grouping: Grouping, raw: string): string | null {
  if (grouping.by !== "tag" && grouping.by !== "costCategory") return raw;
  const name = grouping.by === "tag" ? grouping.key : grouping.name;
  const prefix = `${name}$`;
  if (grouping.by === "costCategory" && isUncategorized(name, raw)) return null;
  if (!raw.startsWith(prefix)) {
    throw new RangeError(`a key ${quoted(raw)} that does not begin with ${quoted(prefix)}`);
  }
  const value = raw.slice(prefix.length);
  if (value === "" || (grouping.by === "costCategory" && isUncategorized(name, value))) return null;
  return value;
}

/** `No cost category: Name`, in whatever case: how some replies and the console write uncategorized spend. */
export function isUncategorized(costCategory: string, value: string): boolean {
  return value.toLowerCase() === `no cost category: ${costCategory}`.toLowerCase();
}
