import type { Day } from "../../../calendar/index.ts";
import type { BookEntry, BookTier } from "../price-book.ts";

/** Where prices were published, and on which day. */
export interface PublishedPrices {
  readonly source: string;
  readonly date: Day;
}

/**
 * A price of one region: service, usage family, unit, and the price of a unit or [from, price] by tier; last the operation, where
 * operations of the usage type have different prices.
 */
export type PriceRow = readonly [
  service: string,
  usageFamily: string,
  unit: string,
  price: string | readonly [PriceStep, ...PriceStep[]],
  operation?: string,
];

type PriceStep = readonly [from: string, price: string];

/** Entries in dollars of one source and region. */
export function bookEntries(
  { source, date }: PublishedPrices,
  region: string,
  rows: readonly PriceRow[],
): readonly BookEntry[] {
  return rows.map(([service, usageFamily, unit, price, operation = null]) => ({
    ...{
      service,
      usageFamily,
      region,
      operation,
      currency: "USD",
      unit,
      tiers: tiersOf(price),
      source,
      date,
    },
  }));
}

function tiersOf(price: PriceRow[3]): BookEntry["tiers"] {
  if (typeof price === "string") return [{ from: "0", price }];
  const [first, ...others] = price;
  return [tierOf(first), ...others.map(tierOf)];
}

const tierOf = ([from, price]: PriceStep): BookTier => ({ from, price });

/** What infracost's tests publish: costs that were computed from AWS's price list. */
export const infracostGolden = (resource: string): PublishedPrices => ({
  source: `infracost@95ba4f49a internal/providers/terraform/aws/testdata/${resource}_test`,
  date: "2026-08-21",
});
