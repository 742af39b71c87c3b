import type { PriceableChange } from "./priced-resources.ts";
import { type ResourceValues, resourceReader } from "./resource-reader.ts";
import type { JsonValue } from "./resource-type.ts";

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
  const byType = changesByType(changes);
  const find: RelatedResources = (change, side, notes) => (path, value, type) => {
    const candidates = (byType.get(type) ?? []).filter((one) => one[side] !== null && one.deposed === null);
    const found = byIdentity(candidates, side, value) ?? byReference(candidates, change, path);
    const values = found?.[side] ?? null;
    if (found === null || values === null) return null;
    return resourceReader({
      ...found,
      values,
      unknown: side === "after" ? found.afterUnknown : null,
      notes,
      related: find(found, side, notes),
    });
  };
  return find;
}

function changesByType(changes: readonly PriceableChange[]): ReadonlyMap<string, readonly PriceableChange[]> {
  const byType = new Map<string, PriceableChange[]>();
  for (const change of changes) {
    const ofType = byType.get(change.type);
    if (ofType === undefined) byType.set(change.type, [change]);
    else ofType.push(change);
  }
  return byType;
}

function byIdentity(
  candidates: readonly PriceableChange[],
  side: "before" | "after",
  value: JsonValue,
): PriceableChange | null {
  if (typeof value !== "string" || value === "") return null;
  const isIt = (one: PriceableChange) =>
    IDENTITIES.some(
      (name) => one[side] !== null && Object.hasOwn(one[side], name) && one[side][name] === value,
    );
  return candidates.find(isIt) ?? null;
}

function byReference(
  candidates: readonly PriceableChange[],
  change: PriceableChange,
  path: string,
): PriceableChange | null {
  const references = change.references ?? {};
  const addresses = Object.hasOwn(references, path) ? (references[path] ?? []) : [];
  for (const address of addresses) {
    const referred = candidates.filter(
      (one) => one.address === address || indexOf(one.address, address) !== null,
    );
    const own = referred.find(
      (one) => one.address === address || endsWith(change.address, indexOf(one.address, address)),
    );
    const [only] = referred;
    if (own !== undefined) return own;
    if (referred.length === 1 && only !== undefined) return only;
  }
  return null;
}

/** The index behind an address: `["a"]`, `[0]`; `null` where the resource has another address. */
const indexOf = (address: string, without: string): string | null =>
  address.startsWith(`${without}[`) && address.endsWith("]") ? address.slice(without.length) : null;

const endsWith = (address: string, index: string | null) => index !== null && address.endsWith(index);
