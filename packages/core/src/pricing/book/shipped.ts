import type { PriceBook } from "./price-book.ts";
import { PRICE_BOOK_SCHEMA } from "./price-book.ts";
import { containerPrices } from "./prices/containers.ts";
import { ec2Prices } from "./prices/ec2.ts";
import { ec2InstancePrices } from "./prices/ec2-instances.ts";
import { networkPrices } from "./prices/network.ts";

/** The book that is shipped: prices of common usage in us-east-1, and of some other regions. */
export const shippedBook: PriceBook = {
  schema: PRICE_BOOK_SCHEMA,
  date: "2026-12-01",
  entries: [...containerPrices, ...ec2Prices, ...ec2InstancePrices, ...networkPrices],
};
