import type { Workload } from "./workload.ts";
import { corporateIt } from "./workloads/corporate-it.ts";
import { dataPlatform } from "./workloads/data-platform.ts";
import { logistics } from "./workloads/logistics.ts";
import { machineLearning } from "./workloads/machine-learning.ts";
import { sharedPlatform } from "./workloads/shared-platform.ts";
import { storefront } from "./workloads/storefront.ts";
import { untaggable, untagged } from "./workloads/untagged.ts";

/**
 * A bicycle retailer: one shop, one logistics network, six cost centers. Each workload says what it buys and how that
 * moves; prices, usage types, weeks and seasons stand elsewhere.
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
