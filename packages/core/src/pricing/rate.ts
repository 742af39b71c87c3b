import type { Day } from "../calendar/index.ts";
import type { Money } from "../money/index.ts";

/** What a rate is of: one usage type of a service in a region. */
export interface RateKey {
  /** The service code of AWS's price list: `AmazonEC2`. */
  readonly service: string;
  /** Without its region prefix, as `parseUsageType` gives it: `BoxUsage:t3.medium`, `NatGateway-Hours`. */
  readonly usageFamily: string;
  /** Of AWS, `eu-central-1`; `global` for what AWS bills without a region. */
  readonly region: string;
  /** As a bill names it, where one usage type has several prices: `RunInstances:0002`. */
  readonly operation: string | null;
}

/** What a unit of usage costs: `cost` for `quantity`. A fraction, so that an observed rate stays exact. */
export interface Rate {
  /** The unit of the quantity, as a bill names it: `Hrs`, `GB-Mo`, `Requests`. */
  readonly unit: string;
  /** By volume, the first one from 0; one tier where the price does not depend on the volume. */
  readonly tiers: readonly [RateTier, ...RateTier[]];
  readonly origin: RateOrigin;
}

export interface RateTier {
  /** The monthly quantity from which the tier applies, in 10^-12 of the unit. */
  readonly from: bigint;
  readonly cost: Money;
  /** What `cost` pays for, in 10^-12 of the unit; positive. */
  readonly quantity: bigint;
}

export type RateOrigin =
  /** What this account paid, with its discounts. */
  | {
      readonly kind: "observed";
      /** The last day of the observation: its age is counted from it. */
      readonly through: Day;
      /** Days with a charge. */
      readonly days: number;
    }
  /** AWS's list price. */
  | { readonly kind: "list"; readonly bookDate: Day; readonly source: string };

/** Finds what a unit costs; `null` where nobody knows. */
export interface RateSource {
  rateOf(key: RateKey): Rate | null;
}
