import { add, zero } from "../money/index.ts";
import { type RateSources, rateChoice } from "./choose-rate.ts";
import { addCosts, noCost } from "./monthly-cost.ts";
import { priceChange } from "./price-change.ts";
import type { PriceInputs } from "./price-charge.ts";
import type { PriceableChange, PricedResource, PricedResources, PricingStatus } from "./priced-resources.ts";
import { relatedResources } from "./related-resources.ts";
import type { ResourceType } from "./resource-type.ts";
import { resourceTypes } from "./types/index.ts";

export interface PricingInput extends Omit<PriceInputs, "rateOf"> {
  readonly rates: RateSources;
  readonly changes: readonly PriceableChange[];
  /** By Terraform's type. Absent: every type that has a price model. */
  readonly types?: ReadonlyMap<string, ResourceType>;
}

/**
 * What a plan's changes do to the monthly bill. Each resource has exactly one status; what is not known is `null`, never 0.
 *
 * - A replacement is one resource: the cost of what goes, and of what comes.
 * - An imported or moved resource is on the bill already: before and after are equal unless the plan changes it.
 * - A forgotten resource stays on the bill, because nothing deletes it: its delta is 0.
 * - A resource that the plan does not list, as a plan with `-target` leaves some out, is in no total.
 */
export function priceResources(input: PricingInput): PricedResources {
  const { changes, rates, usage, comparable, currency, types = resourceTypes } = input;
  const inputs = { rateOf: rateChoice(rates, currency), usage, comparable, currency };
  const related = relatedResources(changes);
  const resources = changes.map((change) =>
    priceChange(change, types.get(change.type) ?? null, related, inputs),
  );
  return { currency, resources, ...totals(resources, currency) };
}

function totals(resources: readonly PricedResource[], currency: string) {
  const counts: Record<PricingStatus, number> = {
    priced: 0,
    "usage-based": 0,
    free: 0,
    unsupported: 0,
    unknown: 0,
  };
  let [before, after, delta, oneTime] = [
    noCost(currency),
    noCost(currency),
    noCost(currency),
    zero(currency),
  ];
  for (const resource of resources) {
    counts[resource.status] += 1;
    if (resource.before !== null && resource.after !== null) {
      before = addCosts(before, resource.before);
      after = addCosts(after, resource.after);
    }
    if (resource.delta !== null) delta = addCosts(delta, resource.delta);
    if (resource.oneTime !== null) oneTime = add(oneTime, resource.oneTime);
  }
  const incomplete = resources.filter(({ status }) => status !== "priced" && status !== "free");
  return {
    before,
    after,
    delta,
    oneTime,
    counts,
    isPartial: incomplete.length > 0,
    isDeltaPartial: resources.some((resource) => resource.isDeltaPartial),
  };
}
