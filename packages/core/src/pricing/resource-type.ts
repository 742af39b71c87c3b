import type { RateKey } from "./rate.ts";

/** A value of a plan's JSON. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** What stands in a plan in place of a sensitive value, which may be a whole block. */
export const SENSITIVE = "(sensitive)";

/** A resource as a plan states it, before or after a change: what the charges of its type are read from. */
export interface ResourceReader {
  /** Of Terraform: `aws_nat_gateway`. */
  readonly type: string;
  readonly address: string;
  /**
   * Where it is billed, such as `eu-central-1`. The engine reads it for every charge whose key has no region of its own.
   * @throws UnknownValueError where the plan does not decide it
   */
  readonly region: string;
  /**
   * An attribute by its path, `root_block_device.0.volume_size`. Where the plan does not know it, or where it is not set:
   * the default of the provider or of AWS, from `providerDefaults`, which the result names. `null` where it is not set and
   * has no known default.
   * @throws UnknownValueError where the value is known only after the apply and no default is known, or where it is sensitive or
   * of another kind: the resource is unknown then
   */
  text(path: string): string | null;
  number(path: string): number | null;
  flag(path: string): boolean | null;
  /** How many elements a list of blocks has: 0 where it is not set, a known default where the plan does not know it. @throws UnknownValueError */
  count(path: string): number;
  /** Whether the value is known only after the apply, whatever default there is. */
  isUnknown(path: string): boolean;
  /**
   * The resource of the same plan that an attribute refers to: by its id, name or ARN where the plan has it, else by the
   * configuration's reference. `null` where it is not in the plan.
   */
  related(path: string, type: string): ResourceReader | null;
  /** Adds a sentence to the result: what was assumed, or is not priced. */
  note(sentence: string): void;
}

/** What a resource is charged for, before prices. */
export interface ResourceCharge {
  /** What a person reads: `Instance, t3.medium`. */
  readonly name: string;
  readonly key: Omit<RateKey, "region"> & {
    /** Where it differs from the resource's. */ readonly region?: string;
  };
  /** As a bill names it: `Hrs`, `GB-Mo`. A rate of another unit is not used. */
  readonly unit: string;
  /** Made by `fixed`, `monthHours`, `between` or `usage`. */
  readonly quantity: ChargeQuantity;
  /** Charged once, when the resource is made; false: every month. */
  readonly isOneTime: boolean;
}

export type ChargeQuantity =
  /** A month's quantity, in 10^-12 of the unit: 730 for an hour of each. `low` and `high` differ where an input is a range. */
  | { readonly kind: "fixed"; readonly expected: bigint; readonly low: bigint; readonly high: bigint }
  | UsageQuantity;

/**
 * A quantity that depends on usage: from the usage file, else from what comparable resources of the account used, else
 * unknown. It is never 0 for want of knowledge.
 */
export interface UsageQuantity {
  readonly kind: "usage";
  /** In the usage file: `monthly_data_processed_gb`. Several are multiplied: requests and their duration. */
  readonly usageKeys: readonly [string, ...string[]];
  /** What the product is multiplied by, exactly: memory, a thousandth. */
  readonly times: { readonly numerator: bigint; readonly denominator: bigint };
  /**
   * The usage family, of the same service and region, that counts the hours of such resources: `NatGateway-Hours` for
   * `NatGateway-Bytes`. What the account used for each of these hours is the usage of a comparable resource.
   */
  readonly hoursFamily: string | null;
  /** Between which quantities it lies where usage is not known: the capacity of an autoscaled database. Its middle is expected. */
  readonly range: { readonly low: bigint; readonly high: bigint } | null;
  /**
   * Whether ordinary use costs nothing, because AWS includes it: backups up to the size of a database. Such a charge is left
   * out where usage is not known, and the result says so.
   */
  readonly isIncluded: boolean;
}

/** The charges of a resource type. */
export interface ResourceType {
  readonly type: string;
  /** Whether the resource itself costs nothing. */
  readonly isFree: boolean;
  /**
   * Empty where the resource, as it is, costs nothing.
   * @throws UnknownValueError
   */
  charges(resource: ResourceReader): readonly ResourceCharge[];
}
