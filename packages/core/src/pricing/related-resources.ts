import type { PriceableChange } from "./priced-resources.ts";
import { type ResourceValues, resourceReader } from "./resource-reader.ts";
import { type JsonValue, SENSITIVE } from "./resource-type.ts";

/** Finds the resources that a change's attributes refer to, on one side of the plan. */
export type RelatedResources = (
  change: PriceableChange,
  side: "before" | "after",
  /** Gets a sentence about what is assumed of the resources that are found. */
  notes: Set<string>,
) => ResourceValues["related"];

/** Attributes by which a resource is referred to. */
const IDENTITIES = [
  "id",
  "arn",
  "name",
  "family",
  "identifier",
  "cluster_identifier",
  "replication_group_id",
] as const;

/**
 * The resources of a plan by reference. A resource that is forgotten or not yet made has no id on the side where it is
 * missing, so there the configuration's references decide. One that has an index is found by a reference without one only
 * where it is the only one, or has the index of the resource that refers to it.
 */
export function relatedResources(changes: readonly PriceableChange[]): RelatedResources {
  const indexes = { before: referenceIndexes(changes, "before"), after: referenceIndexes(changes, "after") };
  const find: RelatedResources = (change, side, notes) => (path, value, type) => {
    const index = indexes[side](type);
    const found = byIdentity(index, value) ?? byReference(index, change, path);
    const values = found?.[side] ?? null;
    if (found === null || values === null) return null;
    return resourceReader({
      type,
      address: found.address,
      region: found.region,
      values,
      unknown: side === "after" ? found.afterUnknown : null,
      notes,
      related: find(found, side, notes),
    });
  };
  return find;
}

/** The resources of a type on one side, by what refers to them. */
interface ReferenceIndex {
  /** By an id, a name, an ARN. The first of several has it. */
  readonly byIdentity: ReadonlyMap<string, PriceableChange>;
  /** By the address without an index, then by the index, which is empty where there is none. */
  readonly byAddress: ReadonlyMap<string, ReadonlyMap<string, PriceableChange>>;
}

/** Made with the first reference to a type: most resources are referred to by none. */
function referenceIndexes(
  changes: readonly PriceableChange[],
  side: "before" | "after",
): (type: string) => ReferenceIndex {
  const made = new Map<string, ReferenceIndex>();
  return (type) => {
    const known = made.get(type);
    if (known !== undefined) return known;
    const index = referenceIndex(
      changes.filter((change) => change.type === type && change.deposed === null),
      side,
    );
    made.set(type, index);
    return index;
  };
}

function referenceIndex(changes: readonly PriceableChange[], side: "before" | "after"): ReferenceIndex {
  const byIdentity = new Map<string, PriceableChange>();
  const byAddress = new Map<string, Map<string, PriceableChange>>();
  for (const change of changes) {
    const values = change[side];
    if (values === null) continue;
    for (const name of IDENTITIES) {
      const value = Object.hasOwn(values, name) ? values[name] : null;
      const isName = typeof value === "string" && value !== "" && value !== SENSITIVE;
      if (isName && !byIdentity.has(value)) byIdentity.set(value, change);
    }
    const address = withoutIndex(change.address);
    const there = byAddress.get(address) ?? new Map<string, PriceableChange>();
    byAddress.set(address, there);
    const index = indexOf(change.address);
    if (!there.has(index)) there.set(index, change);
  }
  return { byIdentity, byAddress };
}

const byIdentity = (index: ReferenceIndex, value: JsonValue): PriceableChange | null =>
  typeof value === "string" ? (index.byIdentity.get(value) ?? null) : null;

function byReference(
  { byAddress }: ReferenceIndex,
  change: PriceableChange,
  path: string,
): PriceableChange | null {
  const references = change.references ?? {};
  const addresses = Object.hasOwn(references, path) ? (references[path] ?? []) : [];
  for (const address of addresses) {
    const referred = byAddress.get(withoutIndex(address));
    if (referred === undefined) continue;
    // `b[0]` is the one of `a[0]`.
    const own = referred.get(indexOf(address)) ?? referred.get(indexOf(change.address));
    const [only] = referred.values();
    if (own !== undefined) return own;
    if (referred.size === 1 && only !== undefined) return only;
  }
  return null;
}

const indexOf = (address: string): string => address.slice(withoutIndex(address).length);

/** An address without the index at its end: `["a.b"]` or `[0]`. An index of a module stays. */
function withoutIndex(address: string): string {
  if (!address.endsWith("]")) return address;
  const quote = address.lastIndexOf('["');
  const start = address.endsWith('"]') ? quote : address.lastIndexOf("[");
  return start === -1 ? address : address.slice(0, start);
}
