import { addCosts, noCost } from "./monthly-cost.ts";
import { type PriceInputs, priceCharge } from "./price-charge.ts";
import type { MonthlyCost, PartCost, PriceableChange } from "./priced-resources.ts";
import type { RelatedResources } from "./related-resources.ts";
import { resourceReader } from "./resource-reader.ts";
import type { ResourceCharge, ResourceType } from "./resource-type.ts";
import { UnknownValueError } from "./unknown-value.ts";

/** A charge of a resource, priced. */
export interface SidePart {
  readonly charge: ResourceCharge;
  readonly cost: PartCost;
}

/** By the part's key: empty where the resource is not there, `null` where a value that decides its price is not known. */
export type SideParts = ReadonlyMap<string, SidePart> | null;

/** Reads and prices the charges of a resource on one side of its change. @param notes gets what was assumed, and what is not known */
export function sideParts(
  change: PriceableChange,
  side: "before" | "after",
  type: ResourceType,
  notes: Set<string>,
  related: RelatedResources,
  inputs: PriceInputs,
): SideParts {
  const values = change[side];
  if (values === null) return new Map();
  const resource = resourceReader({
    type: change.type,
    address: change.address,
    region: change.region,
    values,
    unknown: side === "after" ? change.afterUnknown : null,
    notes,
    related: related(change, side, notes),
  });
  try {
    const parts = new Map<string, SidePart>();
    for (const charge of type.charges(resource)) {
      const cost = priceCharge(charge, resource, inputs);
      if (isIncluded(charge, cost)) notes.add(included(charge));
      else parts.set(freeKey(charge.name, parts), { charge, cost });
    }
    return parts;
  } catch (error) {
    if (!(error instanceof UnknownValueError)) throw error;
    notes.add(error.message);
    return null;
  }
}

/** Whether AWS includes what is ordinarily used, and nobody says that more is used. */
const isIncluded = ({ quantity }: ResourceCharge, cost: PartCost) =>
  quantity.kind === "usage" && quantity.isIncluded && cost.quantity === null;

const included = (charge: ResourceCharge) =>
  `${charge.name}: priced only where the usage file gives ${usageKeysOf(charge).join(" and ")}.`;

/** A resource may have several charges of one name, such as two volumes: they are told apart by their order. */
function freeKey(name: string, taken: ReadonlyMap<string, unknown>): string {
  let key = name;
  for (let next = 2; taken.has(key); next += 1) key = `${name} (${next})`;
  return key;
}

/** The sum of what has an amount; `null` where a fixed charge has none, or there are charges and none has one. */
export function monthlyCost(side: SideParts, currency: string): MonthlyCost | null {
  if (side === null) return null;
  let total: MonthlyCost | null = null;
  let isCharged = false;
  for (const part of side.values()) {
    if (part.charge.isOneTime) continue;
    isCharged = true;
    if (!isPriced(part)) return null;
    const { cost } = part.cost;
    if (cost !== null) total = total === null ? cost : addCosts(total, cost);
  }
  return total ?? (isCharged ? null : noCost(currency));
}

/** What has an amount and is charged once. */
export const oneTimeCosts = (side: SideParts) =>
  [...(side?.values() ?? [])].flatMap(({ charge, cost }) =>
    charge.isOneTime && cost.cost !== null ? [cost.cost.expected] : [],
  );

const isPriced = ({ charge, cost }: SidePart) => cost.cost !== null || charge.quantity.kind === "usage";

/** Empty for a fixed quantity. */
export const usageKeysOf = ({ quantity }: ResourceCharge): readonly string[] =>
  quantity.kind === "usage" ? quantity.usageKeys : [];
