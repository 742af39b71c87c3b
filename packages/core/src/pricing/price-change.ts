import { sum } from "../money/index.ts";
import { addCosts, costDelta, noCost } from "./monthly-cost.ts";
import { type PriceInputs, priceCharge } from "./price-charge.ts";
import type {
  MonthlyCost,
  PartCost,
  PriceableChange,
  PricedPart,
  PricedResource,
  PricingStatus,
} from "./priced-resources.ts";
import type { RelatedResources } from "./related-resources.ts";
import { resourceReader } from "./resource-reader.ts";
import type { ChargeQuantity, ResourceCharge, ResourceType } from "./resource-type.ts";
import { UnknownValueError } from "./unknown-value.ts";

/**
 * Prices one change.
 * @param type `null` where the resource's type has no price model
 */
export function priceChange(
  change: PriceableChange,
  type: ResourceType | null,
  related: RelatedResources,
  inputs: PriceInputs,
): PricedResource {
  const { address, deposed, action, region } = change;
  const notes = new Set<string>();
  const result = pricedSides(change, type, notes, related, inputs);
  return { address, deposed, type: change.type, action, region, ...result, notes: [...notes] };
}

type Sides = Pick<
  PricedResource,
  "status" | "before" | "after" | "delta" | "isDeltaPartial" | "oneTime" | "parts"
>;

function pricedSides(
  change: PriceableChange,
  type: ResourceType | null,
  notes: Set<string>,
  related: RelatedResources,
  inputs: PriceInputs,
): Sides {
  const { currency } = inputs;
  const isKept = change.action === "no-op" || change.action === "forget";
  const unpriced = (status: PricingStatus): Sides => ({
    status,
    before: null,
    after: null,
    delta: isKept ? noCost(currency) : null,
    isDeltaPartial: !isKept,
    oneTime: null,
    parts: [],
  });
  if (change.mode === "data" || type?.isFree === true) {
    const nothing = noCost(currency);
    return { ...unpriced("free"), before: nothing, after: nothing, delta: nothing, isDeltaPartial: false };
  }
  if (type === null) {
    notes.add(`${change.type} has no price model.`);
    return unpriced("unsupported");
  }
  if (change.action === "other") {
    notes.add("The plan's action is not known, so neither is what it does to the bill.");
    return unpriced("unknown");
  }
  if (change.action === "forget") {
    notes.add("The resource stays on the bill: the plan only leaves it out of the state.");
  }
  // What a plan without a change costs is read once, so that its delta is 0 exactly.
  const read = (side: "before" | "after") => sideParts(change, side, type, notes, related, inputs);
  const kept = isKept ? read(change.after === null ? "before" : "after") : null;
  const before = kept ?? read("before");
  const after = kept ?? read("after");
  return sides(change, before, after, unpriced, currency, notes);
}

function sides(
  { action }: PriceableChange,
  before: SideParts,
  after: SideParts,
  unpriced: (status: PricingStatus) => Sides,
  currency: string,
  notes: Set<string>,
): Sides {
  const all = [...(before?.values() ?? []), ...(after?.values() ?? [])];
  const unpricedParts = all.filter(({ cost }) => cost.cost === null);
  for (const { charge, cost } of unpricedParts) notes.add(missing(charge, cost));
  const isUnknown =
    before === null || after === null || unpricedParts.some(({ charge }) => charge.quantity.kind === "fixed");
  const status = isUnknown
    ? "unknown"
    : unpricedParts.length > 0
      ? "usage-based"
      : all.length > 0
        ? "priced"
        : "free";
  const [costBefore, costAfter] = [monthlyCost(before, currency), monthlyCost(after, currency)];
  const areSame =
    before !== null && after !== null && sameUnpriced(before, after) && sameUnpriced(after, before);
  const delta = costBefore === null || costAfter === null ? null : costDelta(costBefore, costAfter);
  const oneTime = action === "create" || action === "replace" ? oneTimeCosts(after) : [];
  return {
    ...unpriced(status),
    before: costBefore,
    after: costAfter,
    // A cost that is not known, of charges that stay the same, changes by nothing.
    delta: delta ?? (hasSameCharges(before, after) ? noCost(currency) : unpriced(status).delta),
    isDeltaPartial: !areSame,
    oneTime: oneTime.length === 0 ? null : sum(oneTime, currency),
    parts: partsOf(before, after),
  };
}

/** Whether each part without an amount is on the other side too, with the same charge. */
const sameUnpriced = (side: ReadonlyMap<string, SidePart>, other: ReadonlyMap<string, SidePart>) =>
  [...side].every(([name, { charge, cost }]) => {
    const there = other.get(name);
    return cost.cost !== null || (there !== undefined && isSameCharge(charge, there.charge));
  });

const hasSameCharges = (before: SideParts, after: SideParts) =>
  before !== null &&
  after !== null &&
  before.size === after.size &&
  [...before].every(([name, { charge }]) => {
    const there = after.get(name);
    return there !== undefined && isSameCharge(charge, there.charge);
  });

function isSameCharge(a: ResourceCharge, b: ResourceCharge): boolean {
  return (
    a.key.service === b.key.service &&
    a.key.usageFamily === b.key.usageFamily &&
    a.key.operation === b.key.operation &&
    a.key.region === b.key.region &&
    a.unit === b.unit &&
    a.isOneTime === b.isOneTime &&
    isSameQuantity(a.quantity, b.quantity)
  );
}

function isSameQuantity(a: ChargeQuantity, b: ChargeQuantity): boolean {
  if (a.kind === "fixed" || b.kind === "fixed") {
    return a.kind === "fixed" && b.kind === "fixed" && a.expected === b.expected && isSameRange(a, b);
  }
  return (
    a.usageKeys.length === b.usageKeys.length &&
    a.usageKeys.every((key, at) => key === b.usageKeys[at]) &&
    a.times.numerator === b.times.numerator &&
    a.times.denominator === b.times.denominator &&
    (a.range === null || b.range === null ? a.range === b.range : isSameRange(a.range, b.range))
  );
}

const isSameRange = (
  a: { readonly low: bigint; readonly high: bigint },
  b: { readonly low: bigint; readonly high: bigint },
) => a.low === b.low && a.high === b.high;

interface SidePart {
  readonly charge: ResourceCharge;
  readonly cost: PartCost;
}

/** By the part's key: empty where the resource is not there, `null` where a value that decides its price is not known. */
type SideParts = ReadonlyMap<string, SidePart> | null;

function sideParts(
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
  `${charge.name} is priced only where the usage file gives ${usageKeysOf(charge).join(" and ")}.`;

/** A resource may have several charges of one name, such as two volumes: they are told apart by their order. */
function freeKey(name: string, taken: ReadonlyMap<string, unknown>): string {
  let key = name;
  for (let next = 2; taken.has(key); next += 1) key = `${name} (${next})`;
  return key;
}

function partsOf(before: SideParts, after: SideParts): readonly PricedPart[] {
  const names = new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])]);
  return [...names].flatMap((name) => {
    const [old, next] = [before?.get(name), after?.get(name)];
    const charge = next?.charge ?? old?.charge;
    if (charge === undefined) return [];
    const { unit, isOneTime } = charge;
    const usageKeys = usageKeysOf(charge);
    return [{ name, unit, isOneTime, usageKeys, before: old?.cost ?? null, after: next?.cost ?? null }];
  });
}

/** The sum of what has an amount; `null` where a fixed charge has none, or there are charges and none has one. */
function monthlyCost(side: SideParts, currency: string): MonthlyCost | null {
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

const oneTimeCosts = (side: SideParts) =>
  [...(side?.values() ?? [])].flatMap(({ charge, cost }) =>
    charge.isOneTime && cost.cost !== null ? [cost.cost.expected] : [],
  );

const isPriced = ({ charge, cost }: SidePart) => cost.cost !== null || charge.quantity.kind === "usage";

const usageKeysOf = ({ quantity }: ResourceCharge): readonly string[] =>
  quantity.kind === "usage" ? quantity.usageKeys : [];

function missing(charge: ResourceCharge, { rate }: PartCost): string {
  const { name, key, unit } = charge;
  if (rate === null) return `No price is known for ${name}: ${key.service} ${key.usageFamily}, by ${unit}.`;
  return `${name} depends on usage: give ${usageKeysOf(charge).join(" and ")} in the usage file.`;
}
