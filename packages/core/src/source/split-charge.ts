/** A split charge rule of a Cost Category: the cost of `source` is shared out to `targets`. */
export interface SplitCharge {
  /** The cost category value whose cost is moved; `null` is uncategorized spend. */
  readonly source: string | null;
  /** The values that receive it, in the rule's order. */
  readonly targets: readonly string[];
  readonly method: SplitMethod;
}

export type SplitMethod =
  /** By the targets' own cost before any split. */
  | { readonly kind: "proportional" }
  | { readonly kind: "even" }
  /** By percentages in the targets' order, as decimal text: `"15"`, `"33.3"`. */
  | { readonly kind: "fixed"; readonly percentages: readonly string[] };
