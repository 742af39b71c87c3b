import type { JsonValue } from "../../pricing/index.ts";
import { property, textProperty } from "../json-object.ts";
import { eitherMark, type SensitiveMark, sensitiveMark } from "./sensitive-mark.ts";

/** Names a resource in the lists of a plan. */
const keyOf = (entry: JsonValue) =>
  JSON.stringify([textProperty(entry, "address"), textProperty(entry, "deposed")]);

/**
 * What is sensitive of each resource, on either side and in either list: the state marks less than the configuration, so a
 * value that drifted may stand without a mark in one list and with it in the other.
 */
export function marksOfResources(entries: readonly JsonValue[]): (entry: JsonValue) => SensitiveMark {
  const marks = new Map<string, SensitiveMark>();
  for (const entry of entries) {
    const change = property(entry, "change");
    for (const side of ["before_sensitive", "after_sensitive"]) {
      const mark = sensitiveMark(property(change, side));
      if (mark !== null) marks.set(keyOf(entry), eitherMark(marks.get(keyOf(entry)) ?? null, mark));
    }
  }
  return (entry) => marks.get(keyOf(entry)) ?? null;
}
