import {
  GetProductsCommand,
  PricingClient,
  type PricingClientConfig,
  PricingServiceException,
} from "@aws-sdk/client-pricing";
import type { Day } from "@dapanoskop/core/calendar";
import type { BookEntry, PricedUsage } from "@dapanoskop/core/pricing";
import {
  BASES,
  clientSettings,
  failureClassOf,
  type RetryPolicy,
  sendWithRetries,
  type TransportRuntime,
  timeoutsWithDefaults,
  transportRuntime,
} from "../transport/index.ts";
import { PriceListError, sentenceOf } from "./price-list-error.ts";
import { entriesOfUsage, ofUsage } from "./product-entries.ts";
import { type Product, productsOf } from "./product-schema.ts";

export interface PriceListAccess extends Pick<PricingClientConfig, "credentials" | "endpoint" | "region"> {
  readonly runtime?: Partial<TransportRuntime>;
}

/** What AWS's price list says about usages. */
export interface ListedPrices {
  readonly entries: readonly BookEntry[];
  /** Usages that the price list does not have in their region, and those whose products contradict each other. */
  readonly absent: readonly PricedUsage[];
  /** Requests that were answered: one for each usage, and for each further page. */
  readonly requests: number;
}

export interface PriceList {
  /**
   * The prices on a day, on demand. AWS charges nothing for the requests.
   * @param progress is called after each usage, with how many are done
   * @throws PriceListError
   */
  read(usages: readonly PricedUsage[], day: Day, progress?: (done: number) => void): Promise<ListedPrices>;
}

/** Requests are throttled beyond some ten a second. */
const AT_ONCE = 4;
const MOST_PAGES = 50;
const POLICY: RetryPolicy = { attempts: 6, ...BASES, cap: 20_000 };
const TIMEOUTS = timeoutsWithDefaults();

/**
 * AWS's Price List Query API: `pricing:GetProducts` on every resource. Few regions have it, so the region of the access
 * decides the partition only.
 */
export function priceList({ runtime, region, ...access }: PriceListAccess = {}): PriceList {
  const partition = typeof region === "string" && region.startsWith("cn-") ? "cn-northwest-1" : "us-east-1";
  const client = new PricingClient({ ...access, region: partition, ...clientSettings(TIMEOUTS) });
  const settings = { policy: POLICY, timeouts: TIMEOUTS, runtime: transportRuntime(runtime ?? {}) };
  let requests = 0;

  async function page(usage: PricedUsage, token: string | undefined) {
    const command = new GetProductsCommand({
      ServiceCode: usage.service,
      FormatVersion: "aws_v1",
      MaxResults: 100,
      Filters: filtersOf(usage),
      ...(token === undefined ? {} : { NextToken: token }),
    });
    const outcome = await sendWithRetries(
      {
        send: (options) => client.send(command, options),
        classify: (cause) => failureClassOf(cause, PricingServiceException),
      },
      settings,
    );
    if (!outcome.answered) throw new PriceListError(usage, sentenceOf(outcome.failed), outcome.failed.cause);
    requests += 1;
    return { products: productsOf(outcome.answer.PriceList ?? [], usage), next: outcome.answer.NextToken };
  }

  async function products(usage: PricedUsage): Promise<readonly Product[]> {
    const found: Product[] = [];
    let token: string | undefined;
    for (let count = 0; count < MOST_PAGES; count += 1) {
      const { products: more, next } = await page(usage, token);
      found.push(...more.filter((product) => ofUsage(product, usage)));
      if (next === undefined || next === "") return found;
      token = next;
    }
    throw new PriceListError(
      usage,
      `the answer has more than ${MOST_PAGES} pages. Look for a proxy in between.`,
    );
  }

  return {
    async read(usages, day, progress) {
      requests = 0;
      const listed: (readonly BookEntry[])[] = usages.map(() => []);
      let [begun, done] = [0, 0];
      const worker = async () => {
        for (let at = begun++; at < usages.length; at = begun++) {
          const usage = usages[at];
          if (usage === undefined) return;
          listed[at] = entriesOfUsage(await products(usage), usage, day);
          done += 1;
          progress?.(done);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, worker));
      return {
        entries: listed.flat(),
        absent: usages.filter((_, at) => listed[at]?.length === 0),
        requests,
      };
    },
  };
}

/** The prefix of a region in its usage types is not always the same, so the family is looked for in the usage type. */
const filtersOf = ({ usageFamily, region }: PricedUsage) => [
  { Type: "CONTAINS" as const, Field: "usagetype", Value: usageFamily },
  ...(region.includes("-") ? [{ Type: "TERM_MATCH" as const, Field: "regionCode", Value: region }] : []),
];
