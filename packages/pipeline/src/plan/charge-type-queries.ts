import type { CostFilter, CostQuery } from "@dapanoskop/core/source";

/** Charge types that could carry a tag under any service but a support plan. */
const BILLED_AS_USAGE = ["Usage", "EdpDiscount", "PrivateRateDiscount", "BundledDiscount"];

const isUsageOf = (services: readonly string[]): CostFilter => ({
  and: [
    { of: { by: "service" }, match: "equals", caseSensitive: true, values: services },
    { of: { by: "chargeType" }, match: "equals", caseSensitive: true, values: BILLED_AS_USAGE },
  ],
});

/**
 * The query by charge type without what these services bill as usage. Which services there are shows only in the answer by
 * service.
 */
export const withoutUsageOf = (query: CostQuery, services: readonly string[]): CostQuery => ({
  ...query,
  filter: { not: isUsageOf(services) },
});

/** What these services bill as usage. */
export const usageOf = (query: CostQuery, services: readonly string[]): CostQuery => ({
  ...query,
  groupBy: [],
  filter: isUsageOf(services),
});
