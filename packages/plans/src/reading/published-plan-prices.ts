import type { PlanAllocation, PlanPricing } from "@dapanoskop/core/plan";
import {
  observedPricing,
  priceBook,
  type RateSource,
  shippedBook,
  type UsageValues,
} from "@dapanoskop/core/pricing";
import { type DatasetReader, type IndexDocument, observedDays } from "@dapanoskop/dataset";
import { publishedAllocation } from "../published-allocation.ts";

/** A published dataset, as one index names its files. */
export interface PublishedDataset {
  /** With a parquet codec. */
  readonly reader: DatasetReader;
  readonly index: IndexDocument;
}

/** What is given beside the published dataset. */
export interface GivenPrices {
  /** Absent: the shipped list prices. */
  readonly list?: RateSource;
  /** Absent: what comparable resources of the account used. */
  readonly usage?: UsageValues | null;
  /** Of resources for which a plan decides none; `null`: nobody said it. */
  readonly region: string | null;
}

/**
 * What a plan is priced with and allocated by: the rates that the account paid in the newest complete days, then list prices; the
 * usage file, then what comparable resources used. List prices are in dollars: in an account that is billed in another currency
 * only what it paid is known.
 * @param published `null` where nothing is published
 * @throws what the reader throws
 */
export async function publishedPlanPrices(
  published: PublishedDataset | null,
  { list = priceBook(shippedBook), usage = null, region }: GivenPrices,
): Promise<{ readonly pricing: PlanPricing; readonly allocation: PlanAllocation }> {
  const given = { region, usage };
  const unobserved = { ...given, currency: "USD", rates: { observed: null, list }, comparable: null };
  if (published === null) {
    return { pricing: unobserved, allocation: { tagKey: null, costCenters: new Map() } };
  }
  const { reader, index } = published;
  const [days, allocation] = await Promise.all([
    observedDays(reader, index),
    publishedAllocation(reader, index),
  ]);
  if (days === null) return { pricing: unobserved, allocation };
  const { rates: observed, comparable } = observedPricing(days.rows);
  return {
    pricing: { ...given, currency: days.currency, rates: { observed, list }, comparable },
    allocation,
  };
}
