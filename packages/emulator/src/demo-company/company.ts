import type { Workload } from "./workload.ts";
import { corporateIt } from "./workloads/corporate-it.ts";
import { dataPlatform } from "./workloads/data-platform.ts";
import { logistics } from "./workloads/logistics.ts";
import { machineLearning } from "./workloads/machine-learning.ts";
import { sharedPlatform } from "./workloads/shared-platform.ts";
import { storefront } from "./workloads/storefront.ts";
import { untaggable, untagged } from "./workloads/untagged.ts";

/**
 * A bicycle retailer: one shop, one logistics network, six cost centers. Each workload lists its uses and their trends.
 * Prices and usage types are in price-list.ts, weekly patterns in daily-pattern.ts, seasons in company-day.ts.
 */
export const company: readonly Workload[] = [
  ...storefront,
  ...dataPlatform,
  ...machineLearning,
  ...logistics,
  ...corporateIt,
  ...sharedPlatform,
  ...untagged,
  ...untaggable,
];
