import { MONEY_DECIMALS, type Money, parseDecimal } from "../../money/index.ts";
import { plainUsageFamily } from "../plain-usage-family.ts";
import type { Rate, RateKey, RateSource, RateTier } from "../rate.ts";
import type { BookEntry, BookTier, PriceBook } from "./price-book.ts";

/**
 * The prices of a book. An entry answers a key of its own operation. An entry without an operation answers every operation that
 * has no entry of its own. A key without an operation is answered where all operations of the usage type have one price.
 * A region without an entry has no price: another region's never stands in.
 */
export function priceBook(book: PriceBook): RateSource {
  const entries = new Map<string, BookEntry[]>();
  for (const entry of book.entries) {
    const name = usageName(entry);
    const known = entries.get(name);
    if (known === undefined) entries.set(name, [entry]);
    else known.push(entry);
  }
  return {
    rateOf: (key) => {
      const entry = entryOf(entries.get(usageName(key)) ?? [], key.operation);
      return entry === null ? null : rateOfEntry(entry);
    },
  };
}

const usageName = (key: Pick<RateKey, "service" | "usageFamily" | "region">) =>
  JSON.stringify([key.service, plainUsageFamily(key.usageFamily), key.region]);

function entryOf(entries: readonly BookEntry[], operation: string | null): BookEntry | null {
  const exact = entries.find((entry) => entry.operation === operation);
  if (exact !== undefined) return exact;
  if (operation !== null) return entries.find((entry) => entry.operation === null) ?? null;
  const [first, ...others] = entries;
  if (first === undefined) return null;
  return others.every((other) => priceText(other) === priceText(first)) ? first : null;
}

const priceText = ({ currency, unit, tiers }: BookEntry) => JSON.stringify([currency, unit, tiers]);

function rateOfEntry({ unit, tiers, currency, date, source }: BookEntry): Rate {
  const [first, ...others] = tiers;
  const origin = { kind: "list", bookDate: date, source } as const;
  return { unit, tiers: [tierOf(first, currency), ...others.map((tier) => tierOf(tier, currency))], origin };
}

/** Twelve decimals of a quantity. */
const QUANTITY_DECIMALS = 12;

/** A price with more than twelve decimals is the exact price of ten, a hundred, ... units. */
function tierOf({ from, price }: BookTier, currency: string): RateTier {
  const decimals = Math.max(MONEY_DECIMALS, price.split(".")[1]?.length ?? 0);
  const cost: Money = { units: parseDecimal(price, decimals), currency };
  return { from: parseDecimal(from, QUANTITY_DECIMALS), cost, quantity: 10n ** BigInt(decimals) };
}
