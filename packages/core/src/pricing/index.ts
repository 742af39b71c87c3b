export {
  type BookEntry,
  type BookTier,
  bookUnits,
  bookUsages,
  firstRate,
  PRICE_BOOK_SCHEMA,
  type PriceBook,
  PriceBookError,
  type PricedUsage,
  parsePriceBook,
  priceBook,
  priceBookText,
  shippedBook,
} from "./book/index.ts";
export { between, fixed, HOURS_A_MONTH, monthHours, monthly, type UsageScale, usage } from "./charge.ts";
export { isFreeType } from "./free-type.ts";
export { type ObservedPricing, observedPricing, type ServiceUsageRow } from "./observed/observed-pricing.ts";
export { type PricingInput, priceResources } from "./price-resources.ts";
export type {
  MonthlyCost,
  PartCost,
  PriceableChange,
  PricedPart,
  PricedResource,
  PricedResources,
  PricingStatus,
} from "./priced-resources.ts";
export type { Rate, RateKey, RateOrigin, RateSource, RateTier } from "./rate.ts";
export {
  type ChargeQuantity,
  type JsonValue,
  type ResourceCharge,
  type ResourceReader,
  type ResourceType,
  SENSITIVE,
  type UsageQuantity,
} from "./resource-type.ts";
export { resourceTypes } from "./types/index.ts";
export { UnknownValueError } from "./unknown-value.ts";
export { parseUsageFile, type UsageFile, UsageFileError } from "./usage-file.ts";
export type {
  ComparableKey,
  ComparableUsage,
  UsagePerHour,
  UsageValue,
  UsageValues,
} from "./usage-values.ts";
