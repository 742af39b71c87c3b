import type { JsonValue } from "../pricing/index.ts";

export type JsonObject = { readonly [name: string]: JsonValue };

export const isJsonObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !isJsonList(value);

export const isJsonList = (value: JsonValue | undefined): value is readonly JsonValue[] =>
  Array.isArray(value);

/** A property of its own, never one of `Object.prototype`: a plan may name a key `constructor` or `__proto__`. */
export const property = (value: JsonValue | undefined, name: string): JsonValue | undefined =>
  isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

export const textProperty = (value: JsonValue | undefined, name: string): string | null => {
  const found = property(value, name);
  return typeof found === "string" ? found : null;
};

export const listProperty = (value: JsonValue | undefined, name: string): readonly JsonValue[] => {
  const found = property(value, name);
  return isJsonList(found) ? found : [];
};

/** The texts of a list; whatever else is in it is left out. */
export const textList = (value: JsonValue | undefined): readonly string[] =>
  isJsonList(value) ? value.filter((one) => typeof one === "string") : [];

export const entriesOf = (value: JsonValue | undefined): readonly (readonly [string, JsonValue])[] =>
  isJsonObject(value) ? Object.entries(value) : [];

/** A text, number or truth value as text. An object may have a key `toString` of its own, so it is never made a text of. */
export const scalarText = (value: JsonValue): string | null =>
  typeof value === "object" ? null : String(value);

/** An object that can be written to under any key, `__proto__` too. */
export const emptyObject = (): Record<string, JsonValue> => Object.create(null) as Record<string, JsonValue>;

/** The value with the keys of each object in order. Terraform writes them so, and then nothing is copied. */
export const keysInOrder = (value: JsonValue): JsonValue => (isInOrder(value) ? value : ordered(value));

function isInOrder(value: JsonValue): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (isJsonList(value)) return value.every(isInOrder);
  let last = "";
  for (const key in value) {
    if (key < last || !isInOrder(value[key] ?? null)) return false;
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
