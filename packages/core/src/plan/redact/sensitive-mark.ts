import type { JsonValue } from "../../pricing/index.ts";
import { isJsonList, type JsonObject } from "../json-object.ts";

/**
 * What of a value is sensitive: all of it, or some of its children by key or index. `null`: nothing.
 * Plans write it in the shape of the value, with true where a value is sensitive.
 */
export type SensitiveMark = true | SensitiveChildren | null;

interface SensitiveChildren {
  readonly of: "object" | "list";
  readonly children: ReadonlyMap<string, true | SensitiveChildren>;
}

/** Reads `before_sensitive` or `after_sensitive`. What is neither a container nor false or null counts as true. */
export function sensitiveMark(written: JsonValue | undefined): SensitiveMark {
  if (written === undefined || written === null || written === false) return null;
  if (typeof written !== "object") return true;
  const of = isJsonList(written) ? "list" : "object";
  // Most marks are empty, so nothing is made for those.
  let children: Map<string, true | SensitiveChildren> | null = null;
  for (const key in written) {
    const child: JsonValue | undefined = (written as JsonObject)[key];
    const mark = child === false ? null : sensitiveMark(child);
    if (mark !== null) children = (children ?? new Map()).set(key, mark);
  }
  return children === null ? null : { of, children };
}

/** What is sensitive by either mark. */
export function eitherMark(a: SensitiveMark, b: SensitiveMark): SensitiveMark {
  if (a === null) return b;
  if (b === null) return a;
  if (a === true || b === true) return true;
  if (a.of !== b.of) return true;
  const children = new Map(a.children);
  for (const [key, mark] of b.children) {
    const merged = eitherMark(children.get(key) ?? null, mark);
    if (merged !== null) children.set(key, merged);
  }
  return { of: a.of, children };
}

/** The mark of a child of a marked container. */
export function childMark(mark: SensitiveChildren, key: string): SensitiveMark {
  const own = mark.children.get(key) ?? null;
  // The AWS provider repeats the tags of a resource in tags_all, and marks a sensitive one in tags alone.
  const twin = key === "tags_all" ? "tags" : key === "tags" ? "tags_all" : null;
  return twin === null ? own : eitherMark(own, mark.children.get(twin) ?? null);
}
