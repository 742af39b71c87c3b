import { providerDefault } from "./provider-defaults.ts";
import { type JsonValue, type ResourceReader, SENSITIVE } from "./resource-type.ts";
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
export const resourceReader = (resource: ResourceValues): ResourceReader => new PlannedReader(resource);

// A plan has thousands of resources: a class makes one object of each.
class PlannedReader implements ResourceReader {
  readonly #resource: ResourceValues;

  constructor(resource: ResourceValues) {
    this.#resource = resource;
  }

  get type(): string {
    return this.#resource.type;
  }

  get address(): string {
    return this.#resource.address;
  }

  get region(): string {
    const { region } = this.#resource;
    if (region === null) throw new UnknownValueError("region", "is not decided by the plan");
    return region;
  }

  text(path: string): string | null {
    return expected(path, this.#value(path), "string");
  }

  number(path: string): number | null {
    return expected(path, this.#value(path), "number");
  }

  flag(path: string): boolean | null {
    return expected(path, this.#value(path), "boolean");
  }

  count(path: string): number {
    if (this.isUnknown(path)) return this.number(path) ?? 0;
    const found = this.#planned(path);
    if (found !== null && !isList(found)) throw new UnknownValueError(path, "is not a list");
    return found?.length ?? 0;
  }

  isUnknown(path: string): boolean {
    return isMarked(this.#resource.unknown, stepsOf(path));
  }

  related(path: string, type: string): ResourceReader | null {
    const { values, related } = this.#resource;
    return related(path, this.isUnknown(path) ? null : valueAt(values, stepsOf(path)), type);
  }

  note(sentence: string): void {
    this.#resource.notes.add(sentence);
  }

  #planned(path: string): JsonValue {
    const found = valueAt(this.#resource.values, stepsOf(path));
    if (found === SENSITIVE) throw new UnknownValueError(path, "is sensitive, so its price is not known");
    return found;
  }

  #value(path: string): JsonValue {
    const isOpen = this.isUnknown(path);
    const found = isOpen ? null : this.#planned(path);
    if (found !== null) return found;
    const known = providerDefault(this.type, path);
    if (known !== null) {
      if (known.isPlain !== true) {
        this.note(`${path} is not in the plan: priced as ${String(known.value)}, ${known.by}.`);
      }
      return known.value;
    }
    if (isOpen) throw new UnknownValueError(path);
    return null;
  }
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

/** `null` where there is none; `SENSITIVE` where it, or a block that it is in, is sensitive. */
function valueAt(values: JsonValue, steps: readonly string[]): JsonValue {
  let value = values;
  for (const step of steps) {
    if (value === SENSITIVE) return SENSITIVE;
    const next = child(value, step);
    if (next === undefined) return null;
    value = next;
  }
  return value;
}

/** Whether a mark covers the path: at it or at a block above it. */
function isMarked(marks: JsonValue, steps: readonly string[]): boolean {
  let mark = marks;
  for (const step of steps) {
    if (mark === true) return true;
    const next = child(mark, step);
    if (next === undefined) return false;
    mark = next;
  }
  return mark === true;
}

/** Types read the same few paths of every resource; those with an index are as many as the longest list. */
const knownSteps = new Map<string, readonly string[]>();
const MOST_PATHS = 10_000;

function stepsOf(path: string): readonly string[] {
  const known = knownSteps.get(path);
  if (known !== undefined) return known;
  const steps = path.split(".");
  if (knownSteps.size < MOST_PATHS) knownSteps.set(path, steps);
  return steps;
}

function child(value: JsonValue, name: string): JsonValue | undefined {
  if (isList(value)) return value[Number(name)];
  return typeof value === "object" && value !== null && Object.hasOwn(value, name) ? value[name] : undefined;
}

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);
