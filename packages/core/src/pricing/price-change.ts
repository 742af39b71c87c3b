import { sum } from "../money/index.ts";
import { costDelta, noCost } from "./monthly-cost.ts";
import type { PriceInputs } from "./price-charge.ts";
import type {
  PartCost,
  PriceableChange,
  PricedPart,
  PricedResource,
  PricingStatus,
} from "./priced-resources.ts";
import type { RelatedResources } from "./related-resources.ts";
import type { ResourceCharge, ResourceType } from "./resource-type.ts";
import { isSameCharge } from "./same-charge.ts";
import {
  monthlyCost,
  oneTimeCosts,
  type SidePart,
  type SideParts,
  sideParts,
  usageKeysOf,
} from "./side-parts.ts";

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
  // Whether the charges of one side that `isCounted` are on the other one.
  const areSame = (isCounted: (part: SidePart) => boolean) => {
    if (before === null || after === null) return false;
    const counted = (side: ReadonlyMap<string, SidePart>) => [...side].filter(([, part]) => isCounted(part));
    return areIn(counted(before), after) && areIn(counted(after), before);
  };
  const delta = costBefore === null || costAfter === null ? null : costDelta(costBefore, costAfter);
  const oneTime = action === "create" || action === "replace" ? oneTimeCosts(after) : [];
  return {
    ...unpriced(status),
    before: costBefore,
    after: costAfter,
    // A cost that is not known, of charges that stay the same, changes by nothing.
    delta: delta ?? (areSame(() => true) ? noCost(currency) : unpriced(status).delta),
    isDeltaPartial: !areSame(({ cost }) => cost.cost === null),
    oneTime: oneTime.length === 0 ? null : sum(oneTime, currency),
    parts: partsOf(before, after),
  };
}

/** Whether each of the parts is on the other side too, with the same charge. */
const areIn = (parts: readonly (readonly [string, SidePart])[], other: ReadonlyMap<string, SidePart>) =>
  parts.every(([name, { charge }]) => {
    const there = other.get(name);
    return there !== undefined && isSameCharge(charge, there.charge);
  });

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

function missing(charge: ResourceCharge, { rate }: PartCost): string {
  const { name, key, unit } = charge;
  if (rate === null) return `No price is known for ${name}: ${key.service} ${key.usageFamily}, by ${unit}.`;
  return `${name}: the cost depends on usage. Give ${usageKeysOf(charge).join(" and ")} in the usage file.`;
}
