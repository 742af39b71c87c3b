import type { Money } from "../money/index.ts";
import type { Rate } from "./rate.ts";
import type { JsonValue } from "./resource-type.ts";

/** A change of a plan, as far as its price depends on it. */
export interface PriceableChange {
  readonly address: string;
  readonly deposed: string | null;
  readonly type: string;
  readonly mode: "managed" | "data";
  /** `null` where the plan does not decide it. */
  readonly region: string | null;
  readonly action: "create" | "update" | "delete" | "replace" | "read" | "no-op" | "forget" | "other";
  readonly before: { readonly [name: string]: JsonValue } | null;
  readonly after: { readonly [name: string]: JsonValue } | null;
  /** Where the values of `after` are known only after the apply: true at a leaf. */
  readonly afterUnknown: JsonValue;
  /** Addresses of resources that the configuration refers to, by attribute path: `{ "launch_template.0.id": ["aws_launch_template.web"] }`. */
  readonly references?: Readonly<Record<string, readonly string[]>>;
}

/** A monthly cost. `low` and `high` differ from `expected` where an input is a range. */
export interface MonthlyCost {
  readonly expected: Money;
  readonly low: Money;
  readonly high: Money;
}

export type PricingStatus =
  /** Every charge has an amount. */
  | "priced"
  /** Every fixed charge has an amount, and at least one that depends on usage has none: amounts are without it. */
  | "usage-based"
  /** The resource costs nothing by itself. */
  | "free"
  /** Its type has no price model. */
  | "unsupported"
  /** A value, the region or a price that decides it is not known. */
  | "unknown";

/** What a change does to the monthly bill. */
export interface PricedResource {
  readonly address: string;
  readonly deposed: string | null;
  readonly type: string;
  readonly action: PriceableChange["action"];
  readonly region: string | null;
  readonly status: PricingStatus;
  /** 0 before a creation. `null` where it is not known: then the resource is in no total. */
  readonly before: MonthlyCost | null;
  /** 0 after a deletion. A forgotten resource stays on the bill, so it costs what it did. */
  readonly after: MonthlyCost | null;
  /** 0 where no charge changes, whatever the cost is. `null` where a charge that changes has no amount and no other has one. */
  readonly delta: MonthlyCost | null;
  /** Whether a charge without an amount changes: `delta` is without it. */
  readonly isDeltaPartial: boolean;
  /** Charged once, when the resource is made; `null` where nothing is. It is in no monthly amount. */
  readonly oneTime: Money | null;
  readonly parts: readonly PricedPart[];
  /** Sentences: defaults that were taken, what is not known, what is not priced. */
  readonly notes: readonly string[];
}

/** One charge of a resource, before and after. */
export interface PricedPart {
  readonly name: string;
  readonly unit: string;
  readonly isOneTime: boolean;
  /** The keys of the usage file that its quantity depends on; empty for a fixed quantity. */
  readonly usageKeys: readonly string[];
  /** `null` where the resource does not have the charge. */
  readonly before: PartCost | null;
  readonly after: PartCost | null;
}

export interface PartCost {
  /** In 10^-12 of the unit; `null` where it depends on usage that is not known. */
  readonly quantity: { readonly expected: bigint; readonly low: bigint; readonly high: bigint } | null;
  readonly quantityOrigin: "plan" | "usage-file" | "comparable-resources" | null;
  /** `null` where no price is known. */
  readonly rate: Rate | null;
  /** `null` where the quantity or the rate is not known. */
  readonly cost: MonthlyCost | null;
}

/** The prices of a plan's resources. */
export interface PricedResources {
  readonly currency: string;
  /** In the order of the changes. */
  readonly resources: readonly PricedResource[];
  /**
   * Over the resources whose cost is known on both sides, the same ones in each. `delta` is the exact sum of the deltas, and
   * `after` less `before`.
   */
  readonly before: MonthlyCost;
  readonly after: MonthlyCost;
  readonly delta: MonthlyCost;
  readonly oneTime: Money;
  /** Whether a cost is missing: a resource is unknown or unsupported, or depends on usage that is not known. */
  readonly isPartial: boolean;
  /** Whether it is missing in `delta`: not so where the charges of such a resource do not change. */
  readonly isDeltaPartial: boolean;
  /** Each resource is in exactly one. */
  readonly counts: Readonly<Record<PricingStatus, number>>;
}
