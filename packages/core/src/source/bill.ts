import type { Day } from "../calendar/index.ts";
import type { Money } from "../money/index.ts";
import type { Quantity } from "../usage/index.ts";
import type { CostMetric } from "./cost-source.ts";
import type { Dimension } from "./grouping.ts";
import type { SplitCharge } from "./split-charge.ts";

/** One charge of a bill in memory. */
export interface Charge {
  readonly day: Day;
  readonly service: string;
  readonly usageType: string;
  /** Cost Explorer's RECORD_TYPE: `Usage`, `Tax`, `Credit`, … */
  readonly chargeType: string;
  /** What is known of the other dimensions. */
  readonly dimensions: Partial<
    Readonly<Record<Exclude<Dimension, "service" | "usageType" | "chargeType">, string>>
  >;
  readonly tags: ReadonlyMap<string, string>;
  readonly costCategories: ReadonlyMap<string, string>;
  /** The unblended cost, and every metric that `costs` does not name. */
  readonly cost: Money;
  readonly costs?: Partial<Readonly<Record<CostMetric, Money>>>;
  readonly quantity: Quantity | null;
}

export interface Bill {
  readonly currency: string;
  readonly charges: readonly Charge[];
  /** The cost categories that are defined, with their split charge rules, in the order a listing gives them. */
  readonly costCategories: readonly {
    readonly name: string;
    readonly splitCharges: readonly SplitCharge[];
  }[];
}
