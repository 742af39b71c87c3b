import { type JsonValue, SENSITIVE } from "../../pricing/index.ts";
import { emptyObject, isJsonList, isJsonObject } from "../json-object.ts";
import { childMark, type SensitiveMark } from "./sensitive-mark.ts";

/** A value without what is marked. What has no mark is not copied. `onSecret` gets each text that is taken out. */
export function redactValue(
  value: JsonValue,
  mark: SensitiveMark,
  onSecret: (text: string) => void,
): JsonValue {
  if (mark === null || value === null) return value;
  if (mark === true) return takenOut(value, onSecret);
  if (mark.of === "list" && isJsonList(value)) {
    return value.map((child, at) => redactValue(child, childMark(mark, String(at)), onSecret));
  }
  if (mark.of === "object" && isJsonObject(value)) {
    const copy = emptyObject();
    for (const [key, child] of Object.entries(value)) {
      copy[key] = redactValue(child, childMark(mark, key), onSecret);
    }
    return copy;
  }
  // The mark has another shape than the value, so it does not say which part is sensitive.
  return takenOut(value, onSecret);
}

function takenOut(value: JsonValue, onSecret: (text: string) => void): JsonValue {
  for (const text of textsIn(value)) onSecret(text);
  return SENSITIVE;
}

/** All texts in a value, in its order; numbers as they are written. */
export function textsIn(value: JsonValue): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number") return [String(value)];
  if (isJsonList(value)) return value.flatMap(textsIn);
  return isJsonObject(value) ? Object.values(value).flatMap(textsIn) : [];
}

/** Dotted paths of marked values that differ between `before` and `after`. */
export function sensitiveChanges(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  mark: SensitiveMark,
  path: readonly string[] = [],
): readonly string[] {
  if (mark === null) return [];
  const isContainer = mark !== true && sameContainer(before, after);
  if (!isContainer) return JSON.stringify(before) === JSON.stringify(after) ? [] : [path.join(".")];
  return [...mark.children.keys()].flatMap((key) =>
    sensitiveChanges(child(before, key), child(after, key), childMark(mark, key), [...path, key]),
  );
}

const sameContainer = (a: JsonValue | undefined, b: JsonValue | undefined) =>
  (isJsonList(a) && isJsonList(b)) || (isJsonObject(a) && isJsonObject(b));

function child(value: JsonValue | undefined, key: string): JsonValue | undefined {
  if (isJsonList(value)) return value[Number(key)];
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
