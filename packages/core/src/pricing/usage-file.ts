import { decimalOf } from "./charge.ts";
import type { JsonValue } from "./resource-type.ts";
import type { UsageValue, UsageValues } from "./usage-values.ts";

/** A usage file that cannot be read. The message names the place and what is expected there. */
export class UsageFileError extends Error {
  override readonly name = "UsageFileError";
}

/** What a usage file says, and what of it nothing asked for. */
export interface UsageFile extends UsageValues {
  /**
   * The values that no resource has asked for yet, each by its place: `resource_usage: aws_lambda_function.a: monthly_reqests`.
   * In the order of the file.
   */
  unread(): readonly string[];
}

/** A value at its place in the file. A text is no usage: it is refused where a resource asks for it. */
interface PlacedValue {
  readonly place: string;
  readonly value: UsageValue | null;
}

/** Values of one resource, type or wildcard. */
type UsageEntry = ReadonlyMap<string, PlacedValue>;

/**
 * Reads the content of a usage file, as YAML or JSON gives it:
 *
 *     resource_usage:
 *       aws_nat_gateway.main: { monthly_data_processed_gb: 100 }
 *       module.web.*: { monthly_requests: [1000000, 5000000] }
 *     resource_type_default_usage:
 *       aws_lambda_function: { monthly_requests: 100000, request_duration_ms: 120 }
 *
 * A value is a number, or a range of two; `standard: { storage_gb: 100 }` is `standard.storage_gb: 100`. The address of a resource comes first, then the wildcards with the longest text, then its
 * type. `*` stands for any text. `version` and texts such as `reserved_instance_term: 1_year` are allowed, for files that are
 * written for other tools; `of` throws UsageFileError for a text that a resource asks for.
 * @throws UsageFileError
 */
export function parseUsageFile(content: JsonValue): UsageFile {
  const {
    resource_usage = {},
    resource_type_default_usage = {},
    version: _,
    ...others
  } = object(content, "The usage file");
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw new UsageFileError(
      `The usage file has no field ${JSON.stringify(unknown.slice(0, 60))}: give resource_usage, or resource_type_default_usage.`,
    );
  }
  const byName = entries(resource_usage, "resource_usage");
  const byType = entries(resource_type_default_usage, "resource_type_default_usage");
  const wildcards = [...byName.keys()]
    .filter((name) => name.includes("*"))
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .map((name) => ({ pattern: name.split("*"), entry: byName.get(name) }));
  const read = new Set<PlacedValue>();
  const placed = ({ type, address }: { readonly type: string; readonly address: string }, key: string) => {
    const exact = byName.get(address)?.get(key);
    if (exact !== undefined) return exact;
    for (const { pattern, entry } of wildcards) {
      const value = entry?.get(key);
      if (value !== undefined && matches(address, pattern)) return value;
    }
    return byType.get(type)?.get(key);
  };
  return {
    of(resource, key) {
      const found = placed(resource, key);
      if (found === undefined) return null;
      if (found.value === null) throw notANumber(found.place);
      read.add(found);
      return found.value;
    },
    unread: () =>
      [...byName.values(), ...byType.values()].flatMap((values) =>
        [...values.values()].flatMap((value) => (read.has(value) ? [] : [value.place])),
      ),
  };
}

function entries(content: JsonValue, place: string): ReadonlyMap<string, UsageEntry> {
  return new Map(
    Object.entries(object(content, place)).map(([name, values]) => [
      name,
      entry(values, `${place}: ${name.slice(0, 120)}`),
    ]),
  );
}

const entry = (content: JsonValue, place: string): UsageEntry => new Map(quantities(content, place, ""));

/** Values by key: a key within a key follows it after a point, `standard.storage_gb`. */
function quantities(
  content: JsonValue,
  place: string,
  prefix: string,
): readonly (readonly [string, PlacedValue])[] {
  return Object.entries(object(content, place)).flatMap(([name, value]) => {
    const within = `${place}: ${name.slice(0, 60)}`;
    const key = `${prefix}${name}`;
    const isNested = typeof value === "object" && value !== null && !isList(value) && prefix === "";
    return isNested
      ? quantities(value, within, `${key}.`)
      : [[key, { place: within, value: usageValue(value, within) }] as const];
  });
}

/** `null` for a text. */
function usageValue(content: JsonValue, place: string): UsageValue | null {
  if (typeof content === "string") return null;
  const [low, high, more] = Array.isArray(content) ? content : [content, content];
  if (!isQuantity(low) || !isQuantity(high) || more !== undefined || low > high) {
    throw notANumber(place);
  }
  return { low: decimalOf(low), high: decimalOf(high) };
}

const notANumber = (place: string) =>
  new UsageFileError(`${place} must be a number that is not negative, or a range such as [10, 20].`);

/** No quantity is larger, and a larger one has an exponent that no decimal needs. */
const LARGEST_QUANTITY = 1e21;

const isQuantity = (value: JsonValue | undefined): value is number =>
  typeof value === "number" && value >= 0 && value < LARGEST_QUANTITY;

function object(content: JsonValue, place: string): { readonly [name: string]: JsonValue } {
  if (typeof content !== "object" || content === null || isList(content)) {
    throw new UsageFileError(`${place} must be a mapping of names to values.`);
  }
  return content;
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

/** Whether the parts are in the text in this order, the first at its start and the last at its end. No regular expression. */
function matches(text: string, [first = "", ...rest]: readonly string[]): boolean {
  const last = rest.at(-1) ?? "";
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest.slice(0, -1)) {
    const at = text.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
}
