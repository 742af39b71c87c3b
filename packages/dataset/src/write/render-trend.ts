import type { Month } from "@dapanoskop/core/calendar";
import { parseDocument, renderDocument } from "../documents/parse.ts";
import { SCHEMA } from "../documents/schema-parts.ts";
import type { Summary } from "../documents/summary.ts";
import { type Trend, type TrendMonth, trendSchema } from "../documents/trend.ts";

/** A month's entry in the trend, from its summary. */
export function trendMonth({ period, is_mtd, totals, cost_centers }: Summary): TrendMonth {
  return {
    period,
    is_mtd,
    total_cost_usd: totals.current_cost_usd,
    cost_centers: cost_centers
      .filter((center) => center.current_cost_usd !== 0)
      .map(({ name, kind, current_cost_usd }) => ({ name, kind, cost_usd: current_cost_usd })),
  };
}

/** `trend.json` of exactly these months, oldest first. */
export function renderTrend(months: Iterable<TrendMonth>, currency: string): Uint8Array {
  const ordered = [...months].sort((a, b) => (a.period < b.period ? -1 : 1));
  const trend: Trend = { schema: SCHEMA, currency, months: ordered };
  return renderDocument(trend);
}

/** The months of a published trend, by period. */
export function trendMonths(key: string, bytes: Uint8Array): ReadonlyMap<Month, TrendMonth> {
  return new Map(parseDocument(trendSchema, key, bytes).months.map((month) => [month.period, month]));
}
