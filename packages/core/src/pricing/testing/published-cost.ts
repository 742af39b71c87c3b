import { decimalText } from "../../money/index.ts";
import { priceBook, priceResources, shippedBook } from "../index.ts";
import type { PriceableChange } from "../priced-resources.ts";
import { aChange } from "./a-change.ts";

const list = priceBook(shippedBook);

export interface PublishedCase {
  readonly type: string;
  readonly after?: PriceableChange["after"];
  /** Values of the usage file by key. */
  readonly usage?: Readonly<Record<string, number>>;
  readonly region?: string;
}

/** A month's cost of a new resource by the shipped book in dollars, rounded half up as the price lists do: `"32.85"`; else its status. */
export function publishedCost({ type, after = {}, usage = {}, region = "us-east-1" }: PublishedCase): string {
  const { resources } = priceResources({
    changes: [aChange({ type, after, region })],
    rates: { observed: null, list },
    usage: { of: (_, key) => (Object.hasOwn(usage, key) ? usageValue(usage[key] ?? 0) : null) },
    comparable: null,
    currency: "USD",
  });
  const [resource] = resources;
  if (resource?.status !== "priced" || resource.after === null) return resource?.status ?? "none";
  const cents = (resource.after.expected.units * 2n + CENT) / (2n * CENT);
  return decimalText(cents * CENT, 12).replace(
    /^(\d+)(?:\.(\d)(\d)?)?$/,
    (_, whole, tens = "0", ones = "0") => `${whole}.${tens}${ones}`,
  );
}

const CENT = 10n ** 10n;

function usageValue(value: number) {
  const units = BigInt(Math.round(value * 1_000_000)) * 1_000_000n;
  return { low: units, high: units };
}
