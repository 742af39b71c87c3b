import { readPlan } from "../../../packages/core/src/plan/index.ts";
import {
  type PriceableChange,
  type PricedResource,
  type PricingInput,
  priceBook,
  priceResources,
  shippedBook,
} from "../../../packages/core/src/pricing/index.ts";

const REGION = "eu-central-1";

/** Prices changes by list prices, in a region of Europe where they name none. */
export const pricedChanges = (
  changes: readonly PriceableChange[],
  usage: PricingInput["usage"],
): readonly PricedResource[] =>
  priceResources({
    changes: changes.map((change) => ({ ...change, region: change.region ?? REGION })),
    rates: { observed: null, list: priceBook(shippedBook) },
    usage,
    comparable: null,
    currency: "USD",
  }).resources;

/** Prices a plan, given as `terraform show -json` writes it. */
export async function pricedPlan(
  json: unknown,
  usage: PricingInput["usage"],
): Promise<readonly PricedResource[]> {
  const { changes } = await readPlan(new TextEncoder().encode(JSON.stringify(json)));
  return pricedChanges(changes, usage);
}

/** The resources that the engine has no price or no model for, with its reasons. */
export const withoutPrice = (resources: readonly PricedResource[]): readonly string[] =>
  resources
    .filter(({ status }) => status === "unsupported" || status === "unknown")
    .map(({ address, notes }) => `${address}: ${notes.join(" ")}`);
