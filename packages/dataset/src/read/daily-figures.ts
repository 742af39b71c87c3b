import type { DailyFigures } from "@dapanoskop/core/daily";
import type { Daily } from "../documents/daily.ts";
import { sourceDescription } from "../documents/source.ts";

/** The figures of the published days: those after the newest day that is not known. */
export function dailyFigures(daily: Daily): DailyFigures {
  const first = daily.total_cost_usd.lastIndexOf(null) + 1;
  const since = <Value>(list: readonly Value[]) => list.slice(first);
  return {
    currency: daily.currency,
    metric: daily.metric,
    source: sourceDescription(daily.source),
    runId: daily.run_id,
    publishedAt: daily.published_at,
    completeThrough: daily.complete_through,
    days: since(daily.days),
    total: since(daily.total_cost_usd),
    costCenters: daily.cost_centers.map(({ name, kind, cost_usd }) => ({
      name,
      kind: kind === "uncategorized" ? kind : "named",
      costs: since(cost_usd),
    })),
    services: daily.services.map(({ name, cost_usd }) => ({ name, costs: since(cost_usd) })),
    chargeTypes: daily.charge_types.map(({ name, kind, cost_usd }) => ({
      name,
      kind,
      costs: since(cost_usd),
    })),
    workloads: daily.workloads.map(({ cost_center: costCenter, name, kind, cost_usd }) => ({
      costCenter,
      name,
      kind: kind === "untagged" ? kind : "named",
      costs: since(cost_usd),
    })),
    usageTypes: daily.usage_types.map(({ service, usage_type, category, unit, ...days }) => ({
      service,
      usageType: usage_type,
      category,
      unit,
      costs: since(days.cost_usd),
      quantities: since(days.usage_quantity),
    })),
    history: daily.months.map(({ period, is_mtd, total_cost_usd, usage_cost_usd }) => ({
      month: period,
      isRunning: is_mtd,
      total: total_cost_usd,
      usage: usage_cost_usd,
    })),
  };
}
