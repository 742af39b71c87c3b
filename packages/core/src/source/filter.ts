import type { Grouping } from "./grouping.ts";

/** Which charges a query is about. */
export type CostFilter =
  | { readonly and: readonly CostFilter[] }
  | { readonly or: readonly CostFilter[] }
  | { readonly not: CostFilter }
  | CostMatch;

/** A test of one key. */
export interface CostMatch {
  readonly of: Grouping;
  /** `absent`: charges without the key; `values` is then empty. */
  readonly match: "equals" | "startsWith" | "endsWith" | "contains" | "absent";
  readonly caseSensitive: boolean;
  readonly values: readonly string[];
}
