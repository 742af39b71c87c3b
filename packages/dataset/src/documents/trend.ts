import * as v from "valibot";
import { amount, month, schemaVersion } from "./schema-parts.ts";
import { kind } from "./summary.ts";

/** `trend.json`: every published month's total by cost center, oldest first. */
export const trendSchema = v.object({
  schema: schemaVersion,
  currency: v.string(),
  months: v.array(
    v.object({
      period: month,
      is_mtd: v.boolean(),
      total_cost_usd: amount,
      cost_centers: v.array(v.object({ name: v.string(), kind, cost_usd: amount })),
    }),
  ),
});

export type Trend = v.InferOutput<typeof trendSchema>;
export type TrendMonth = Trend["months"][number];
