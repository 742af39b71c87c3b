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

export const entriesOf = (value: JsonValue | undefined): readonly (readonly [string, JsonValue])[] =>
  isJsonObject(value) ? Object.entries(value) : [];

/** An object that can be written to under any key, `__proto__` too. */
export const emptyObject = (): Record<string, JsonValue> => Object.create(null) as Record<string, JsonValue>;
