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
  const kept = new Set(differences.filter((one) => !leftOut.has(one)).map(attributeOf));
  let values: JsonValue = after;
  for (const one of leftOut) {
    const attribute = attributeOf(one);
    if (!kept.has(attribute)) values = withValue(values, [attribute], before[attribute] ?? null);
    else if (one.before !== null && one.after !== null) {
      values = withValue(values, one.after, valueAtPath(before, one.before));
    }
  }
  return values as PlanValues;
}

/** The first name of a path. */
const attributeOf = ({ before, after }: AttributeDifference): string => String((before ?? after)?.[0] ?? "");

function withValue(value: JsonValue, [step, ...rest]: PathSteps, replacement: JsonValue): JsonValue {
  if (step === undefined) return replacement;
  const next = withValue(members(value)?.[step] ?? null, rest, replacement);
  if (Array.isArray(value)) return value.map((element, at) => (at === step ? next : element));
  return { ...members(value), [step]: next };
}

const members = (value: JsonValue): { readonly [step: string | number]: JsonValue } | null =>
  typeof value === "object" && value !== null
    ? (value as { readonly [step: string | number]: JsonValue })
    : null;
