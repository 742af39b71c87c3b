import type { RateKey } from "./rate.ts";

/** A value of a plan's JSON. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** A resource as a plan states it, before or after a change: what the charges of its type are read from. */
export interface ResourceReader {
  /** Of Terraform: `aws_nat_gateway`. */
  readonly type: string;
  readonly address: string;
  /** Where it is billed, such as `eu-central-1`. */
  readonly region: string;
  /**
   * An attribute by its path, `root_block_device.0.volume_size`; a default of the provider where the plan does not know it;
   * `null` where it is not set.
   * @throws UnknownValueError where the value is known only after the apply and no default is known: the resource is unknown then
   */
  text(path: string): string | null;
  number(path: string): number | null;
  flag(path: string): boolean | null;
  /** How many elements a list of blocks has: 0 where it is not set. */
  count(path: string): number;
  /** Whether the value is known only after the apply, whatever default there is. */
  isUnknown(path: string): boolean;
}

/** What a resource is charged for, before prices. */
export interface ResourceCharge {
  /** What a person reads: `Instance, t3.medium`. */
  readonly name: string;
  readonly key: Omit<RateKey, "region"> & {
    /** Where it differs from the resource's. */ readonly region?: string;
  };
  readonly unit: string;
  readonly quantity: ChargeQuantity;
  /** Charged once, when the resource is made; false: every month. */
  readonly isOneTime: boolean;
}

export type ChargeQuantity =
  /** A month's quantity: 730 for an hour of each. At most twelve decimals. */
  | { readonly kind: "fixed"; readonly amount: number }
  /**
   * It depends on usage: from the usage file under `usageKey` (`monthly_data_processed_gb`), else from what comparable resources of
   * the account used, else unknown. It is never 0 for want of knowledge.
   */
  | { readonly kind: "usage"; readonly usageKey: string };

/** The charges of a resource type. */
export interface ResourceType {
  readonly type: string;
  /** Whether the resource itself costs nothing. */
  readonly isFree: boolean;
  /** @throws UnknownValueError */
  charges(resource: ResourceReader): readonly ResourceCharge[];
}
