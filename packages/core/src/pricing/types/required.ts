import type { ResourceReader } from "../resource-type.ts";
import { UnknownValueError } from "../unknown-value.ts";

/** A value without which a resource has no price. @throws UnknownValueError where it is not known or not set */
export const requiredText = (resource: ResourceReader, path: string): string =>
  present(path, resource.text(path));

/** @throws UnknownValueError where it is not known or not set */
export const requiredNumber = (resource: ResourceReader, path: string): number =>
  present(path, resource.number(path));

/** A number that the plan states; `null` where it leaves it open, so that AWS decides it. */
export const givenNumber = (resource: ResourceReader, path: string): number | null =>
  resource.isUnknown(path) ? null : resource.number(path);

function present<Value>(path: string, value: Value | null): Value {
  if (value === null) throw new UnknownValueError(path, "is not in the plan");
  return value;
}
