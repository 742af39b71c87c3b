import type { PriceBook } from "./price-book.ts";
import { PRICE_BOOK_SCHEMA } from "./price-book.ts";
import { analyticsPrices } from "./prices/analytics.ts";
import { applicationPrices } from "./prices/application.ts";
import { cachePrices } from "./prices/caches.ts";
import { containerPrices } from "./prices/containers.ts";
import { databasePrices } from "./prices/databases.ts";
import { ec2Prices } from "./prices/ec2.ts";
import { ec2InstancePrices } from "./prices/ec2-instances.ts";
import { edgePrices } from "./prices/edge.ts";
import { messagingPrices } from "./prices/messaging.ts";
import { monitoringPrices } from "./prices/monitoring.ts";
import { networkPrices } from "./prices/network.ts";
import { pagePrices } from "./prices/pages.ts";
import { securityPrices } from "./prices/security.ts";
import { storagePrices } from "./prices/storage.ts";

/** The book that is shipped: prices of common usage in us-east-1, and of some other regions. */
export const shippedBook: PriceBook = {
  schema: PRICE_BOOK_SCHEMA,
  date: "2026-12-01",
  entries: [
    ...analyticsPrices,
    ...applicationPrices,
    ...cachePrices,
    ...containerPrices,
    ...databasePrices,
    ...ec2Prices,
    ...ec2InstancePrices,
    ...edgePrices,
    ...messagingPrices,
    ...monitoringPrices,
    ...networkPrices,
    ...pagePrices,
    ...securityPrices,
    ...storagePrices,
  ],
};
