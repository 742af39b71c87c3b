import * as v from "valibot";
import { count, currency, decimal, instant, month } from "./parts.ts";

/** What the API works on, and for whom. */
export const statusDocument = v.object({
  schema: v.literal(1),
  /** Who asks, as keys of what is kept: the first one is used where a request names no owner. */
  owners: v.array(v.string()),
  scopes: v.array(v.string()),
  /** What is published; `null`: nothing yet. */
  data: v.nullable(
    v.object({
      generation: count,
      published_at: instant,
      /** Newest first. */
      periods: v.array(month),
      currency: v.nullable(currency),
    }),
  ),
  limits: v.object({
    plan_bytes: count,
    page_items: count,
    /** Of one page of a cost query that is not in the cache. */
    page_price_usd: decimal,
    /** Cost queries that are not in the cache, of everybody in a day. */
    queries_per_day: count,
  }),
});

export type StatusDocument = v.InferOutput<typeof statusDocument>;
