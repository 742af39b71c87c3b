import { type AttributeDifference, type PathSteps, type PlanValues, valueAtPath } from "../plan/index.ts";
import type { JsonValue } from "../pricing/index.ts";

/**
 * A resource's values after a change, as if some differences were none: what is ignored changes no price. An element of a list
 * that only one side has stays, unless all differences of its attribute are left out.
 */
export function withoutDifferences(
  before: PlanValues,
  after: PlanValues,
  differences: readonly AttributeDifference[],
  leftOut: ReadonlySet<AttributeDifference>,
): PlanValues {
  if (leftOut.size === 0) return after;
  const kept = new Set(differences.filter((one) => !leftOut.has(one)).map(attributeOf));
  const values = new Map(Object.entries(after));
  const copied = new Set<string>();
  for (const one of leftOut) {
    const attribute = attributeOf(one);
    if (!kept.has(attribute)) {
      values.set(attribute, before[attribute] ?? null);
    } else if (one.before !== null && one.after !== null) {
      // Copied once, and then changed in place: there may be as many differences as elements.
      const own = copied.has(attribute) ? values.get(attribute) : structuredClone(values.get(attribute));
      copied.add(attribute);
      const [, ...steps] = one.after;
      values.set(attribute, withValue(own ?? null, steps, valueAtPath(before, one.before)));
    }
  }
  return Object.fromEntries(values);
}

/** The first name of a path. */
const attributeOf = ({ before, after }: AttributeDifference): string => String((before ?? after)?.[0] ?? "");

/** The value, changed in place. */
function withValue(value: JsonValue, [step, ...rest]: PathSteps, replacement: JsonValue): JsonValue {
  if (step === undefined) return replacement;
  const changed = (members(value) ?? {}) as Record<string | number, JsonValue>;
  const own = Object.hasOwn(changed, step) ? (changed[step] ?? null) : null;
  Object.defineProperty(changed, step, {
    value: withValue(own, rest, replacement),
    writable: true,
    enumerable: true,
    configurable: true,
  });
  return changed as JsonValue;
}

const members = (value: JsonValue): object | null =>
  typeof value === "object" && value !== null ? value : null;
