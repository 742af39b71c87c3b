import { providerDefault } from "./provider-defaults.ts";
import type { JsonValue, ResourceReader } from "./resource-type.ts";
import { UnknownValueError } from "./unknown-value.ts";

/** A resource's values on one side of a change. */
export interface ResourceValues {
  readonly type: string;
  readonly address: string;
  /** `null` where the plan does not decide it. */
  readonly region: string | null;
  readonly values: { readonly [name: string]: JsonValue };
  /** Where values are known only after the apply: true at a leaf or at the block above it. `null`: everything is known. */
  readonly unknown: JsonValue;
  /** See `ResourceReader.related`. */
  readonly related: (path: string, value: JsonValue, type: string) => ResourceReader | null;
  /** Sentences about what was assumed: the reader adds each of them once. */
  readonly notes: Set<string>;
}

/** Reads a resource's values, with the provider's defaults where the plan has none. */
export function resourceReader(resource: ResourceValues): ResourceReader {
  const { type, address, region, values, unknown, notes } = resource;
  const isUnknown = (path: string) => isMarked(unknown, path.split("."));

  function value(path: string): JsonValue {
    const found = isUnknown(path) ? null : valueAt(values, path.split("."));
    if (found !== null) return found;
    const known = providerDefault(type, path);
    if (known !== null) {
      if (known.isPlain !== true) {
        notes.add(`${path} is not in the plan: priced as ${String(known.value)}, ${known.by}.`);
      }
      return known.value;
    }
    if (isUnknown(path)) throw new UnknownValueError(path);
    return null;
  }

  return {
    type,
    address,
    get region() {
      if (region === null) throw new UnknownValueError("region", "is not decided by the plan");
      return region;
    },
    text: (path) => expected(path, value(path), "string"),
    number: (path) => expected(path, value(path), "number"),
    flag: (path) => expected(path, value(path), "boolean"),
    count(path) {
      if (isUnknown(path)) return expected(path, value(path), "number") ?? 0;
      const found = valueAt(values, path.split("."));
      return Array.isArray(found) ? found.length : 0;
    },
    isUnknown,
    related: (path, other) =>
      resource.related(path, isUnknown(path) ? null : valueAt(values, path.split(".")), other),
    note: (sentence) => void notes.add(sentence),
  };
}

interface Kinds {
  string: string;
  number: number;
  boolean: boolean;
}

function expected<Kind extends keyof Kinds>(path: string, value: JsonValue, kind: Kind): Kinds[Kind] | null {
  if (value === null) return null;
  if (!isOfKind(value, kind)) throw new UnknownValueError(path, `is not a ${kind}`);
  return value;
}

const isOfKind = <Kind extends keyof Kinds>(value: JsonValue, kind: Kind): value is JsonValue & Kinds[Kind] =>
  typeof value === kind;

function valueAt(values: JsonValue, [name, ...rest]: readonly string[]): JsonValue {
  if (name === undefined) return values;
  const next = child(values, name);
  return next === undefined ? null : valueAt(next, rest);
}

/** Whether a mark covers the path: at it or at a block above it. */
function isMarked(marks: JsonValue, path: readonly string[]): boolean {
  if (marks === true) return true;
  const [name, ...rest] = path;
  const next = name === undefined ? undefined : child(marks, name);
  return next !== undefined && isMarked(next, rest);
}

function child(value: JsonValue, name: string): JsonValue | undefined {
  if (isList(value)) return value[Number(name)];
  return typeof value === "object" && value !== null && Object.hasOwn(value, name) ? value[name] : undefined;
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
