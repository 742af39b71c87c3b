import { costMetrics } from "@dapanoskop/core/source";
import * as v from "valibot";
import { count, currency, day, decimal, instant, month, unknownDecimal } from "./parts.ts";

/** The figures of a published month. */
export const costSummary = v.object({
  period: month,
  /** The month was still running when it was collected. */
  is_running: v.boolean(),
  estimated: v.boolean(),
  collected_at: instant,
  currency,
  metric: v.string(),
  total: decimal,
  /** `null`: not known. */
  previous_month: unknownDecimal,
  year_ago: unknownDecimal,
  /** Their costs sum to the total. */
  cost_centers: v.array(
    v.object({
      name: v.string(),
      kind: v.string(),
      cost: decimal,
      previous_month: unknownDecimal,
      workloads: v.array(v.object({ name: v.string(), kind: v.string(), cost: decimal })),
    }),
  ),
});

/** The costs of published days, each list aligned to `days`. `null` is a day that is not known. */
export const costDays = v.object({
  published_at: instant,
  currency,
  metric: v.string(),
  /** The last day that the source has delivered in full; `null` where none is. */
  complete_through: v.nullable(day),
  days: v.array(day),
  total: v.array(unknownDecimal),
  groups: v.array(v.object({ name: v.string(), cost: v.array(unknownDecimal) })),
});

const dimension = v.picklist([
  "service",
  "usage_type",
  "linked_account",
  "region",
  "charge_type",
  "operation",
  "tag",
  "cost_category",
]);

const grouping = v.strictObject({
  by: dimension,
  /** The tag's key or the cost category's name. */
  key: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(128))),
});

/** A query that Cost Explorer answers. A page of an answer that is not in the cache costs $0.01. */
export const costQueryBody = v.pipe(
  v.strictObject({
    /** A calendar month; or `start` and `end`, the end exclusive. */
    month: v.exactOptional(month),
    start: v.exactOptional(day),
    end: v.exactOptional(day),
    granularity: v.optional(v.picklist(["DAILY", "MONTHLY"]), "MONTHLY"),
    metric: v.optional(v.picklist(costMetrics), "UnblendedCost"),
    group_by: v.optional(v.pipe(v.array(grouping), v.maxLength(2)), []),
    /** Charges whose value of the grouping is one of these. */
    filter: v.exactOptional(
      v.strictObject({
        by: dimension,
        key: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(128))),
        values: v.pipe(v.array(v.pipe(v.string(), v.maxLength(256))), v.minLength(1), v.maxLength(50)),
      }),
    ),
    /** The largest groups of each charge period; the others are summed as `other`. */
    top: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))),
  }),
  v.description("A month, or start and end."),
);

export const costAnswer = v.object({
  /** The end is exclusive. */
  window: v.object({ start: day, end: day }),
  granularity: v.picklist(["DAILY", "MONTHLY"]),
  metric: v.string(),
  /** `null` where there are no charges. */
  currency: v.nullable(currency),
  total: decimal,
  /** By charge period, largest cost first. */
  groups: v.array(
    v.object({
      /** The first day of the charge period. */
      day,
      /** In the order of `group_by`; `null`: a charge without that tag or category. */
      keys: v.array(v.nullable(v.string())),
      cost: decimal,
    }),
  ),
  /** What `top` left out, by charge period; empty without it. Groups and others sum to the total. */
  other: v.array(v.object({ day, groups: count, cost: decimal })),
  /** When the source answered. */
  answered_at: instant,
  /** Whether the answer was in the cache. */
  cached: v.boolean(),
  /** The source did not answer now: this is its last answer, older than 12 hours. */
  stale: v.boolean(),
  age_seconds: count,
  /** What this request cost in US dollars: 0 from the cache. */
  price_usd: decimal,
});

export type CostSummaryDocument = v.InferOutput<typeof costSummary>;
export type CostDaysDocument = v.InferOutput<typeof costDays>;
export type CostAnswerDocument = v.InferOutput<typeof costAnswer>;
export type CostQueryBody = v.InferOutput<typeof costQueryBody>;
