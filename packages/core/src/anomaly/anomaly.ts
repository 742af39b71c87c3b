import type { Day } from "../calendar/index.ts";
import type { Money } from "../money/index.ts";

/** A day that cost more, or less, than its weekday and its date lead one to expect. */
export interface Anomaly {
  /** The same for the same unusual days of the same thing, also in later reports: 16 hexadecimal digits. */
  readonly id: string;
  readonly scope: AnomalyScope;
  /** The day that is reported. */
  readonly day: Day;
  /** The first of the unusual days in a row that end with `day`. */
  readonly since: Day;
  readonly cost: Money;
  readonly expected: Money;
  /** Cost less expectation: negative for a fall. */
  readonly excess: Money;
  /** What moved, where quantities are known: the price of a unit (a commitment that ended, a wrong meter), or how much was used. */
  readonly cause: "price" | "quantity" | "price and quantity" | null;
  /** What stands behind it, largest excess first. */
  readonly rows: readonly AnomalyRow[];
}

/** What is unusual: names as published. */
export type AnomalyScope =
  | { readonly kind: "cost center"; readonly name: string }
  | { readonly kind: "service"; readonly name: string }
  | { readonly kind: "usage type"; readonly service: string; readonly name: string };

export interface AnomalyRow {
  readonly name: string;
  readonly cost: Money;
  readonly expected: Money;
  readonly excess: Money;
}
