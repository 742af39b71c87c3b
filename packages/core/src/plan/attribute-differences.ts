import type { JsonValue } from "../pricing/index.ts";
import { isJsonList, isJsonObject, property } from "./json-object.ts";

/** An attribute that differs between two values of a resource. */
export interface AttributeDifference {
  /** As a person writes it: `root_block_device[0].volume_size`, `tags.App`; `tag.App.value` of a tag that is a block. */
  readonly path: string;
  /** The steps to it in each value, where a list's elements may have another order. `null`: its element is not in that value. */
  readonly before: PathSteps | null;
  readonly after: PathSteps | null;
}

export type PathSteps = readonly (string | number)[];

/**
 * What differs between two values of a resource, in the order of the attributes' names. `null`, an empty text, list or map
 * and an absent attribute are equal: providers write one for the other when they read a resource. Lists of blocks are compared
 * without their order, because the order of a set in a plan depends on its content. A tag of `tags` and `tags_all` is one
 * difference.
 */
export function attributeDifferences(before: JsonValue, after: JsonValue): readonly AttributeDifference[] {
  const found = differences(before, after, { path: "", before: [], after: [] });
  const paths = new Set(found.map(({ path }) => path));
  return found.filter((one) => {
    const own = one.path.replace(/(^|\.)tags_all\./, "$1tags.");
    return (own === one.path || !paths.has(own)) && !isReadFromDefaults(one, before, after);
  });
}

/**
 * Whether a tag only moves between `tags` and the provider's default tags: at a first refresh the provider writes default tags
 * into `tags`, which were in `tags_all` before. A tag that goes from the `tags` of a nested block is a difference all the same,
 * because the provider then removes it, and leaves the `tags_all` of the block as it was.
 */
function isReadFromDefaults(one: AttributeDifference, before: JsonValue, after: JsonValue): boolean {
  if (one.before === null || one.after === null || one.before.at(-2) !== "tags") return false;
  const inAll = (value: JsonValue, steps: PathSteps) =>
    valueAtPath(value, [...steps.slice(0, -2), "tags_all", ...steps.slice(-1)]);
  const isNested = one.before.length > 2;
  const [all, next] = [inAll(before, one.before), inAll(after, one.after)];
  return all !== null && all === next && !(isNested && valueAtPath(after, one.after) === null);
}

/** The value at the steps; `null` where there is none. */
export function valueAtPath(value: JsonValue, steps: PathSteps): JsonValue {
  return steps.reduce<JsonValue>((at, step) => {
    if (isJsonList(at)) return at[Number(step)] ?? null;
    return isJsonObject(at) ? (property(at, String(step)) ?? null) : null;
  }, value);
}

function differences(before: JsonValue, after: JsonValue, at: AttributeDifference): AttributeDifference[] {
  if (isEmpty(before) && isEmpty(after)) return [];
  if (isJsonList(before) || isJsonList(after)) return listDifferences(before, after, at);
  if (isJsonObject(before) || isJsonObject(after)) return mapDifferences(before, after, at);
  return before === after ? [] : [at];
}

function mapDifferences(before: JsonValue, after: JsonValue, at: AttributeDifference): AttributeDifference[] {
  if (!(isJsonObject(before) || isEmpty(before)) || !(isJsonObject(after) || isEmpty(after))) return [at];
  const [old, next] = [isJsonObject(before) ? before : {}, isJsonObject(after) ? after : {}];
  return [...new Set([...Object.keys(old), ...Object.keys(next)])].sort().flatMap((name) =>
    differences(property(old, name) ?? null, property(next, name) ?? null, {
      path: at.path === "" ? name : `${at.path}.${name}`,
      before: below(at.before, name),
      after: below(at.after, name),
    }),
  );
}

function listDifferences(
  before: JsonValue,
  after: JsonValue,
  at: AttributeDifference,
): AttributeDifference[] {
  const [old, next] = [elementsOf(before), elementsOf(after)];
  if (old === null || next === null || ![...old, ...next].every(isJsonObject)) {
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [at];
  }
  return pairs(old, next, at.path).flatMap(([from, to]) => {
    const [one, other] = [
      from === null ? null : (old[from] ?? null),
      to === null ? null : (next[to] ?? null),
    ];
    const tagKey = tagBlockKey(one ?? other, at.path);
    return differences(one, other, {
      path: tagKey === null ? `${at.path}[${from ?? to}]` : `${at.path}.${tagKey}`,
      before: below(at.before, from),
      after: below(at.after, to),
    });
  });
}

const below = (steps: PathSteps | null, step: string | number | null): PathSteps | null =>
  steps === null || step === null ? null : [...steps, step];

/** Pairs of indexes: equal elements first, then tags of the same key, then in order. */
function pairs(before: readonly JsonValue[], after: readonly JsonValue[], path: string) {
  const left = new Set(after.keys());
  const partners = new Map<number, number>();
  const pairBy = (keyOf: (element: JsonValue) => string | null) => {
    // From the last to the first: the first one is taken off the end.
    const open = new Map<string, number[]>();
    for (const index of [...left].reverse()) {
      const key = keyOf(after[index] ?? null);
      if (key !== null) open.set(key, appended(open.get(key), index));
    }
    for (const [index, element] of before.entries()) {
      const key = partners.has(index) ? null : keyOf(element);
      const partner = key === null ? undefined : open.get(key)?.pop();
      if (partner === undefined) continue;
      partners.set(index, partner);
      left.delete(partner);
    }
  };
  pairBy(comparableText);
  pairBy((element) => tagBlockKey(element, path));
  pairBy((element) => (tagBlockKey(element, path) === null ? "" : null));
  return [
    ...before.map((_, index) => [index, partners.get(index) ?? null] as const),
    ...[...left].map((index) => [null, index] as const),
  ];
}

function appended(list: number[] | undefined, one: number): number[] {
  if (list === undefined) return [one];
  list.push(one);
  return list;
}

/** A text that two values have in common where they do not differ. It is compared and never shown. */
function comparableText(value: JsonValue): string {
  if (isJsonList(value)) {
    if (!value.every(isJsonObject)) return `=${JSON.stringify(value)}`;
    const elements = value.map(comparableText).filter((text) => text !== "");
    return elements.length === 0 ? "" : `[${elements.sort().join()}]`;
  }
  if (isJsonObject(value)) {
    const members = Object.keys(value)
      .sort()
      .flatMap((name) => {
        const text = comparableText(property(value, name) ?? null);
        return text === "" ? [] : [`${JSON.stringify(name)}:${text}`];
      });
    return members.length === 0 ? "" : `{${members.join()}}`;
  }
  return isEmpty(value) ? "" : JSON.stringify(value);
}

/** The key of a tag that is written as a block: `tag { key = …, value = … }` of an Auto Scaling group. */
function tagBlockKey(element: JsonValue, path: string): string | null {
  const isTagList = path === "tag" || path.endsWith(".tag");
  return isTagList && isJsonObject(element) && typeof element.key === "string" ? element.key : null;
}

/** Whether a provider may write the value for an attribute that is not set. */
function isEmpty(value: JsonValue): boolean {
  if (value === null || value === "") return true;
  if (isJsonList(value)) return value.length === 0;
  return isJsonObject(value) && Object.values(value).every(isEmpty);
}

function elementsOf(value: JsonValue): readonly JsonValue[] | null {
  if (isJsonList(value)) return value;
  return isEmpty(value) ? [] : null;
}
