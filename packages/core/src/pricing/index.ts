export type { Rate, RateKey, RateOrigin, RateSource, RateTier } from "./rate.ts";
export type {
  ChargeQuantity,
  JsonValue,
  ResourceCharge,
  ResourceReader,
  ResourceType,
} from "./resource-type.ts";
export { UnknownValueError } from "./unknown-value.ts";
