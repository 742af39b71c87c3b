import { chargeKinds } from "@dapanoskop/core/ledger";
import { costMetrics } from "@dapanoskop/core/source";
import * as v from "valibot";
import {
  amount,
  count,
  day,
  instant,
  month,
  schemaVersion,
  sha256,
  unknownAmount,
  window,
} from "./schema-parts.ts";
import { source } from "./source.ts";

/** `named` is a value of the bill; the others are the charges without a tag or without a category. */
export const kind = v.picklist(["named", "untagged", "uncategorized"]);

const workload = v.object({
  name: v.string(),
  kind,
  current_cost_usd: amount,
  prev_month_cost_usd: unknownAmount,
  yoy_cost_usd: unknownAmount,
  complete_days_cost_usd: v.optional(unknownAmount),
  prior_partial_cost_usd: v.optional(unknownAmount),
});

const costCenter = v.object({
  ...workload.entries,
  direct_cost_usd: amount,
  allocated_cost_usd: amount,
  workloads: v.array(workload),
});

const chargeType = v.object({
  /** As the bill has it: `Usage`, `Tax`, `Credit`. */
  name: v.string(),
  kind: v.picklist(chargeKinds),
  current_cost_usd: amount,
  prev_month_cost_usd: unknownAmount,
  yoy_cost_usd: unknownAmount,
});

const tier = v.object({
  service: v.string(),
  tier: v.string(),
  volume_bytes: v.nullable(count),
  cost_usd: amount,
  /** The cost of the complete days, which the volume is of. Only where it is another one than `cost_usd`. */
  complete_days_cost_usd: v.optional(amount),
});

const forecast = v.object({ total_usd: amount, remaining_usd: amount, start: v.string(), end: v.string() });

/** A difference between two answers about the same period: AWS rounds each group, and may revise between answers. */
const residual = v.object({ view: v.string(), period: month, difference_usd: amount });

/** What each day of the month costs, as far as its daily files do not contain it. Amounts are in the order of the days. */
const days = v.object({
  start: day,
  end: day,
  total_cost_usd: v.array(amount),
  charge_types: v.array(
    v.object({ name: v.string(), kind: v.picklist(chargeKinds), cost_usd: v.array(amount) }),
  ),
  /** Differences from the source's own total of a day: AWS rounds each group. */
  residuals: v.array(v.object({ view: v.string(), day, difference_usd: amount })),
});

/** `summary.json`: a month as the page and the report read it. Money in the deployment's currency, never rounded. */
export const summarySchema = v.object({
  schema: schemaVersion,
  run_id: v.string(),
  collected_at: instant,
  period: month,
  is_mtd: v.boolean(),
  estimated: v.boolean(),
  currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)),
  metric: v.picklist(costMetrics),
  /** Absent in a summary that was published before summaries named their source. */
  source: v.optional(source),
  periods: v.object({ current: month, prev_month: month, yoy: month }),
  delivered_through: v.optional(v.nullable(day)),
  windows: v.object({ current: window, prev_month: window, yoy: window, prior_partial: v.optional(window) }),
  totals: v.object({
    current_cost_usd: amount,
    prev_month_cost_usd: unknownAmount,
    yoy_cost_usd: unknownAmount,
    complete_days_cost_usd: v.optional(unknownAmount),
    prior_partial_cost_usd: v.optional(unknownAmount),
    forecast: v.optional(v.nullable(forecast)),
  }),
  storage_config: v.object({ include_efs: v.boolean(), include_ebs: v.boolean() }),
  storage_metrics: v.object({
    total_cost_usd: unknownAmount,
    prev_month_cost_usd: unknownAmount,
    total_volume_bytes: v.nullable(count),
    hot_tier_percentage: unknownAmount,
    cost_per_tb_usd: unknownAmount,
    prev_month_total_volume_bytes: v.nullable(count),
    prev_month_hot_tier_percentage: unknownAmount,
    prev_month_cost_per_tb_usd: unknownAmount,
    complete_days_cost_usd: v.optional(unknownAmount),
    prior_partial_cost_usd: v.optional(unknownAmount),
    tiers: v.array(tier),
  }),
  cost_centers: v.array(costCenter),
  tagging_coverage: v.object({
    tagged_cost_usd: amount,
    untagged_cost_usd: amount,
    untaggable_cost_usd: amount,
    tagged_percentage: unknownAmount,
  }),
  /** Absent in a summary that was published before there was one. */
  charge_types: v.optional(v.array(chargeType)),
  /** `null` where the source has no days of this month. Absent in a summary that was published before there were days. */
  days: v.optional(v.nullable(days)),
  reconciliation: v.object({
    source_total_usd: amount,
    difference_usd: amount,
    residuals: v.array(residual),
  }),
  requests: v.object({ pages: count, other: count, price_usd: amount }),
  files: v.record(v.string(), v.object({ sha256, bytes: count, rows: count })),
});

export type Summary = v.InferOutput<typeof summarySchema>;
export type CostCenterSummary = Summary["cost_centers"][number];
export type ChargeTypeSummary = NonNullable<Summary["charge_types"]>[number];
export type WorkloadSummary = CostCenterSummary["workloads"][number];
export type StorageSummary = Summary["storage_metrics"];
