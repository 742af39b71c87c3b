import type { PlanAllocation, PlanPricing } from "@dapanoskop/core/plan";
import { firstRate, priceBook, type RateSource, shippedBook, type UsageFile } from "@dapanoskop/core/pricing";
import { readIndex, storeReader } from "@dapanoskop/dataset";
import { publishedPlanPrices } from "@dapanoskop/plans";
import { readPriceBook } from "../prices/price-book-file.ts";
import { openStore } from "../store.ts";
import { usageFile } from "./usage-file.ts";

/** What a plan is priced with, and how its cost is allocated. */
export interface PlanPrices {
  readonly pricing: PlanPricing;
  readonly allocation: PlanAllocation;
  /** What somebody expects resources to use; `null` where no file is given. */
  readonly usage: UsageFile | null;
  /** Whether something is published, so that resources are priced by what the account paid. */
  readonly isPublished: boolean;
}

/** Where the prices of a command are. */
export interface PlanPricePlaces {
  /** The place of the published files. */
  readonly store: string;
  /** A file of what resources will use; `null` where none is given. */
  readonly usage: string | null;
  /** A file of list prices that stands before the shipped ones; `null` for these alone. */
  readonly prices: string | null;
  readonly region: string | null;
}

/** By what is published in the store, where there is something, and by list prices. */
export async function planPrices({
  store: place,
  usage,
  prices,
  region,
}: PlanPricePlaces): Promise<PlanPrices> {
  const expected = usage === null ? null : await usageFile(usage);
  const given = { list: await listPrices(prices), region, usage: expected };
  const store = await openStore(place);
  const index = await readIndex(store);
  const isPublished = index !== null;
  if (!isPublished) return { ...(await publishedPlanPrices(null, given)), usage: expected, isPublished };
  const { loadParquetCodec } = await import("@dapanoskop/local/parquet");
  const published = { reader: storeReader(store, await loadParquetCodec()), index };
  return { ...(await publishedPlanPrices(published, given)), usage: expected, isPublished };
}

async function listPrices(file: string | null): Promise<RateSource> {
  const shipped = priceBook(shippedBook);
  return file === null ? shipped : firstRate(priceBook(await readPriceBook(file)), shipped);
}
