import { type Money, moneyText } from "../money/index.ts";
import type { DriftedResource, DriftReport, DriftSeverity } from "./drift-report.ts";

/** Drift as JSON: `dapanoskop drift --format json`. Money is decimal text of a month of 730 hours, or `null` where nobody knows it. */
export interface DriftDocument {
  readonly schema: 1;
  readonly status: "drift" | "no_drift";
  readonly currency: string;
  /** By severity, without the ignored ones. */
  readonly counts: DriftReport["counts"];
  readonly changed: number;
  readonly deleted: number;
  readonly monthly_delta: string | null;
  /** Some drift that may change the bill has no known delta. */
  readonly partial: boolean;
  readonly resources: readonly DriftedResourceEntry[];
  /** Allocation drift that the apply of this plan makes, and that no later plan lists. */
  readonly planned_tag_losses: readonly { readonly address: string; readonly path: string }[];
}

export interface DriftedResourceEntry {
  readonly address: string;
  /** Absent unless it is a deposed object. */
  readonly deposed?: string;
  readonly previous_address?: string;
  readonly type: string;
  readonly region: string | null;
  readonly change: "changed" | "deleted";
  readonly severity: DriftSeverity;
  /** Whether the tag that allocates cost changed, whatever the severity is. */
  readonly moves_cost: boolean;
  readonly paths: readonly string[];
  readonly ignored: boolean;
  readonly ignored_paths: readonly string[];
  readonly monthly_before: string | null;
  readonly monthly_after: string | null;
  readonly monthly_delta: string | null;
  readonly notes: readonly string[];
}

export function driftDocument(report: DriftReport): DriftDocument {
  const { cost, allocation, other } = report.counts;
  return {
    schema: 1,
    status: cost + allocation + other > 0 ? "drift" : "no_drift",
    currency: report.currency,
    counts: report.counts,
    changed: report.changed,
    deleted: report.deleted,
    monthly_delta: amount(report.monthlyDelta),
    partial: report.isPartial,
    resources: report.resources.map(entry),
    planned_tag_losses: report.plannedTagLosses,
  };
}

const entry = (one: DriftedResource): DriftedResourceEntry => ({
  address: one.address,
  ...(one.deposed === null ? {} : { deposed: one.deposed }),
  ...(one.previousAddress === null ? {} : { previous_address: one.previousAddress }),
  type: one.type,
  region: one.region,
  change: one.change,
  severity: one.severity,
  moves_cost: one.movesCost,
  paths: one.paths,
  ignored: one.isIgnored,
  ignored_paths: one.ignoredPaths,
  monthly_before: amount(one.monthlyBefore),
  monthly_after: amount(one.monthlyAfter),
  monthly_delta: amount(one.monthlyDelta),
  notes: one.notes,
});

const amount = (money: Money | null): string | null => (money === null ? null : moneyText(money));
