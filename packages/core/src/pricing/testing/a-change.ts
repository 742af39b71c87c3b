import type { PriceableChange } from "../priced-resources.ts";
import type { JsonValue } from "../resource-type.ts";

/** Values of a resource in a test. */
export type PlannedValues = Readonly<Record<string, JsonValue>>;

/** A change of a test: a creation in us-east-1 by default, with the values that matter. */
export function aChange(change: Partial<PriceableChange> & Pick<PriceableChange, "type">): PriceableChange {
  return {
    address: `${change.type}.this`,
    deposed: null,
    mode: "managed",
    region: "us-east-1",
    action: "create",
    before: null,
    after: null,
    afterUnknown: {},
    ...change,
  };
}
