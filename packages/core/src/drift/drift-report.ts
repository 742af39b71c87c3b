import type { Money } from "../money/index.ts";
import type { PlannedTagLoss } from "./planned-tag-losses.ts";

/**
 * - `cost`: what changed outside of Terraform changes the bill, or may do so by an amount that nobody knows
 * - `allocation`: a tag that moves cost between workloads or cost centers changed
 * - `other`: neither
 */
export type DriftSeverity = "cost" | "allocation" | "other";

/** A resource that is not as Terraform's state says. */
export interface DriftedResource {
  readonly address: string;
  readonly deposed: string | null;
  /** Its address in the state, where the configuration moves it. */
  readonly previousAddress: string | null;
  readonly type: string;
  readonly region: string | null;
  readonly change: "changed" | "deleted";
  /** A drift of several severities has the first of `cost`, `allocation`, `other`. */
  readonly severity: DriftSeverity;
  /** Whether the tag that allocates cost is among the paths, whatever the severity is. */
  readonly movesCost: boolean;
  /** What differs, such as `instance_type` and `tags.App`, without what is ignored. Empty where the resource was deleted. */
  readonly paths: readonly string[];
  readonly ignoredPaths: readonly string[];
  /** Ignore rules suppress all of it. */
  readonly isIgnored: boolean;
  /** Of a month of 730 hours, as the state says; `null`: nobody knows. */
  readonly monthlyBefore: Money | null;
  /** As it is. */
  readonly monthlyAfter: Money | null;
  /** Without what is ignored. */
  readonly monthlyDelta: Money | null;
  /** What the price assumes, and why it is not known. */
  readonly notes: readonly string[];
}

/** What drifted by a plan that was complete. */
export interface DriftReport {
  readonly currency: string;
  /** The largest change of cost first, then by severity and address. */
  readonly resources: readonly DriftedResource[];
  /** Resources by severity; those that rules suppress wholly are counted as ignored alone. */
  readonly counts: {
    readonly cost: number;
    readonly allocation: number;
    readonly other: number;
    readonly ignored: number;
  };
  /** Of resources that are not ignored: those that exist and differ, those that are gone. */
  readonly changed: number;
  readonly deleted: number;
  /** The sum of the known deltas of what is not ignored; `null` where there are some, and none is known. */
  readonly monthlyDelta: Money | null;
  /** Some drift that may change the bill has no known delta. */
  readonly isPartial: boolean;
  /** Allocation drift that the apply of this plan makes, and that no later plan lists. In no count. */
  readonly plannedTagLosses: readonly PlannedTagLoss[];
}
