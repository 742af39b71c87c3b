import { chargeKinds } from "@dapanoskop/core/ledger";
import { costMetrics } from "@dapanoskop/core/source";
import * as v from "valibot";
import { amount, day, instant, month, schemaVersion, unknownAmount } from "./schema-parts.ts";
import { source } from "./source.ts";
import { kind } from "./summary.ts";

/** Amounts or quantities of consecutive days. `null` is a day that is not known; it is never 0. */
const numbers = v.array(unknownAmount);

/**
 * A published month that has days. The figures of its days are those of the snapshot of `run_id`: where the index names
 * another run for the month, they are of an earlier collection.
 */
const dailyMonth = v.object({
  period: month,
  run_id: v.string(),
  is_mtd: v.boolean(),
  /** Of every day of the month, from its first one. */
  total_cost_usd: v.array(amount),
  /** The charges of kind `usage` alone. */
  usage_cost_usd: numbers,
});

/**
 * `daily.json`: the newest days by cost center, service and charge type. Every list of amounts is aligned to `days`. The
 * lists are in the order of their cost over all days, largest first, ties by name.
 */
export const dailySchema = v.object({
  schema: schemaVersion,
  /** Of the run that rendered the file. */
  run_id: v.string(),
  published_at: instant,
  currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)),
  metric: v.picklist(costMetrics),
  source,
  /** The last day that the source has delivered in full; `null` where none is. */
  complete_through: v.nullable(day),
  /**
   * Consecutive days, oldest first. A day has no amounts (`null`) where its month is not published, or was collected too early
   * for it.
   */
  days: v.array(day),
  total_cost_usd: numbers,
  cost_centers: v.array(v.object({ name: v.string(), kind, cost_usd: numbers })),
  services: v.array(v.object({ name: v.string(), cost_usd: numbers })),
  charge_types: v.array(
    v.object({
      /** As the bill has it: `Usage`, `Tax`, `Credit`. */
      name: v.string(),
      kind: v.picklist(chargeKinds),
      cost_usd: numbers,
    }),
  ),
  /** The largest workloads: they do not sum to the total. */
  workloads: v.array(v.object({ cost_center: v.string(), name: v.string(), kind, cost_usd: numbers })),
  /** The largest usage types: they do not sum to the total. */
  usage_types: v.array(
    v.object({
      service: v.string(),
      usage_type: v.string(),
      category: v.string(),
      /** `null` where the unit is unknown or mixed: then every quantity is `null`. */
      unit: v.nullable(v.string()),
      cost_usd: numbers,
      usage_quantity: numbers,
    }),
  ),
  /** Every published month that has days, oldest first. */
  months: v.array(dailyMonth),
});

export type Daily = v.InferOutput<typeof dailySchema>;
export type DailyMonthDocument = v.InferOutput<typeof dailyMonth>;
