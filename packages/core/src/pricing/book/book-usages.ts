import { plainUnit } from "../../usage/index.ts";
import type { RateKey, RateSource } from "../rate.ts";
import { shippedBook } from "./shipped.ts";

/** A usage that can have a price: in a region, or without one. */
export interface PricedUsage {
  readonly service: string;
  readonly usageFamily: string;
  /** A region of AWS; `global`, or CloudFront's code of an edge area. */
  readonly region: string;
}

/** Regions of a book that are no regions of AWS, so that every update asks for them. */
const isPlace = (region: string) => region.includes("-");

/** What the shipped book has prices of, for these regions: each usage once, and what has no region once. */
export function bookUsages(regions: readonly string[]): readonly PricedUsage[] {
  const usages = new Map<string, PricedUsage>();
  for (const { service, usageFamily, region } of shippedBook.entries) {
    for (const place of isPlace(region) ? regions : [region]) {
      usages.set(JSON.stringify([service, usageFamily, place]), { service, usageFamily, region: place });
    }
  }
  return [...usages.values()];
}

/** The units that resource types count a usage in; empty where the shipped book does not have it. */
export function bookUnits({
  service,
  usageFamily,
}: Pick<RateKey, "service" | "usageFamily">): ReadonlySet<string> {
  const ofUsage = shippedBook.entries.filter(
    (entry) => entry.service === service && entry.usageFamily === usageFamily,
  );
  return new Set(ofUsage.map(({ unit }) => plainUnit(unit)));
}

/** The first source that has a rate: a file before the shipped book. */
export const firstRate = (...sources: readonly RateSource[]): RateSource => ({
  rateOf: (key) => {
    for (const source of sources) {
      const rate = source.rateOf(key);
      if (rate !== null) return rate;
    }
    return null;
  },
});
