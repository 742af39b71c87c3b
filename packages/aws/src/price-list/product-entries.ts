import type { Day } from "@dapanoskop/core/calendar";
import { parseDecimal } from "@dapanoskop/core/money";
import type { BookEntry, PricedUsage } from "@dapanoskop/core/pricing";
import { parseUsageType } from "@dapanoskop/core/usage";
import { isDecimal, type Product, type ProductTerm } from "./product-schema.ts";

/** Whether a product is the usage in its region: the filter also finds usage types that only contain the family. */
export function ofUsage({ product: { attributes } }: Product, { usageFamily, region }: PricedUsage): boolean {
  const { family, regions } = parseUsageType(attributes.usagetype);
  if (family !== usageFamily || regions.length > 1) return false;
  if (region.includes("-")) return attributes.regionCode === region;
  const [code] = regions;
  // What has no region carries no code, or says so.
  return region === "global"
    ? code === undefined || /^(?:global|any|noregion)$/i.test(code)
    : code === region;
}

/**
 * The prices of a usage on a day: one entry where all operations have the same price, else one for each of them. Empty where
 * there is none, or where two products of one operation have different prices: which one applies cannot be told.
 */
export function entriesOfUsage(
  products: readonly Product[],
  usage: PricedUsage,
  day: Day,
): readonly BookEntry[] {
  const byOperation = new Map<string, BookEntry>();
  for (const product of products) {
    const entry = entryOf(product, usage, day);
    if (entry === null) continue;
    const operation = product.product.attributes.operation;
    const known = byOperation.get(operation);
    if (known !== undefined && priceOf(known) !== priceOf(entry)) return [];
    byOperation.set(operation, entry);
  }
  const entries = [...byOperation.values()];
  const [first] = entries;
  if (first === undefined) return [];
  const isOnePrice = entries.every((entry) => priceOf(entry) === priceOf(first));
  return isOnePrice ? [{ ...first, operation: null }] : entries;
}

const priceOf = ({ currency, unit, tiers }: BookEntry) => JSON.stringify([currency, unit, tiers]);

function entryOf(
  { serviceCode, version, product, terms }: Product,
  { service, usageFamily, region }: PricedUsage,
  day: Day,
): BookEntry | null {
  const term = termOn(Object.values(terms.OnDemand ?? {}), day);
  const price = term === null ? null : pricesOf(term, region.startsWith("cn-") ? "CNY" : "USD");
  if (term === null || price === null) return null;
  const { operation } = product.attributes;
  return {
    ...{ service, usageFamily, region, operation: operation === "" ? null : operation },
    ...price,
    source: `AWS Price List API, ${serviceCode} version ${version}`,
    date: term.effectiveDate.slice(0, 10),
  };
}

/** The newest term that is in effect: a price that was announced for later is not. */
function termOn(terms: readonly ProductTerm[], day: Day): ProductTerm | null {
  const inEffect = terms.filter(({ effectiveDate }) => effectiveDate.slice(0, 10) <= day);
  return inEffect.reduce<ProductTerm | null>(
    (newest, term) => (newest === null || term.effectiveDate > newest.effectiveDate ? term : newest),
    null,
  );
}

const DECIMALS = 24;

/** `null` where a tier has no price in the currency, or the tiers do not begin at 0 and share one unit. */
function pricesOf(
  { priceDimensions }: ProductTerm,
  currency: string,
): Pick<BookEntry, "currency" | "unit" | "tiers"> | null {
  const steps = Object.values(priceDimensions).map(({ unit, beginRange, pricePerUnit }) => {
    const price = Object.hasOwn(pricePerUnit, currency) ? pricePerUnit[currency] : undefined;
    if (price === undefined || !isDecimal(price) || !isDecimal(beginRange)) return null;
    return {
      unit,
      start: parseDecimal(beginRange, DECIMALS),
      tier: { from: plain(beginRange), price: plain(price) },
    };
  });
  const known = steps.filter((step) => step !== null).sort((a, b) => (a.start < b.start ? -1 : 1));
  const [first, ...others] = known;
  if (first === undefined || known.length < steps.length || first.start !== 0n) return null;
  if (others.some(({ unit, start }, at) => unit !== first.unit || start === known[at]?.start)) return null;
  return { currency, unit: first.unit, tiers: [first.tier, ...others.map(({ tier }) => tier)] };
}

/** Without the zeros that AWS writes behind an amount: `0.0450000000`. */
const plain = (text: string) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
