import { addMonths, type Month } from "@dapanoskop/core/calendar";
import type { CostByPeriod, MonthFigures } from "@dapanoskop/core/insight";
import { aMonth, type MonthSpec } from "@dapanoskop/core/insight/testing";
import { type Money, moneyNumber } from "@dapanoskop/core/money";
import type { IndexDocument } from "../documents/index-document.ts";
import { publishedSource } from "../documents/source.ts";
import type { Summary } from "../documents/summary.ts";
import type { Trend } from "../documents/trend.ts";
import type { MonthDocuments } from "../read/month-figures.ts";

export interface SummarySpec extends MonthSpec {
  /** Fields of the summary beyond what its cost centers add up to. */
  readonly summary?: Partial<Summary>;
}

/** A summary whose totals, coverage and reconciliation follow from its cost centers: state only what matters. */
export function aSummary({ summary, ...spec }: SummarySpec = {}): Summary {
  const figures = aMonth(spec);
  const { month, isRunning, windows, coverage, reconciliation } = figures;
  return {
    schema: 1,
    run_id: figures.runId,
    collected_at: figures.collectedAt,
    period: month,
    is_mtd: isRunning,
    estimated: figures.isEstimated,
    currency: figures.currency,
    metric: figures.metric,
    ...(figures.source && { source: publishedSource(figures.source) }),
    periods: { current: month, prev_month: addMonths(month, -1), yoy: addMonths(month, -12) },
    delivered_through: figures.deliveredThrough,
    windows: {
      current: windows.current,
      prev_month: windows.previousMonth,
      yoy: windows.yearBefore,
      ...(windows.priorPeriodToDate && { prior_partial: windows.priorPeriodToDate }),
    },
    totals: { ...costs(figures.total, isRunning), ...(isRunning && { forecast: forecast(figures) }) },
    storage_config: { include_efs: false, include_ebs: false },
    storage_metrics: storage(figures),
    cost_centers: figures.costCenters.map((center) => ({
      ...row(center, isRunning),
      direct_cost_usd: moneyNumber(center.direct),
      allocated_cost_usd: moneyNumber(center.allocated),
      workloads: center.workloads.map((workload) => row(workload, isRunning)),
    })),
    ...(figures.chargeTypes && {
      charge_types: figures.chargeTypes.map(({ name, kind, current, previousMonth, yearBefore }) => ({
        name,
        kind,
        current_cost_usd: moneyNumber(current),
        prev_month_cost_usd: previousMonth && moneyNumber(previousMonth),
        yoy_cost_usd: yearBefore && moneyNumber(yearBefore),
      })),
    }),
    tagging_coverage: {
      tagged_cost_usd: moneyNumber(coverage.tagged),
      untagged_cost_usd: moneyNumber(coverage.untagged),
      untaggable_cost_usd: moneyNumber(coverage.untaggable),
      tagged_percentage: coverage.percentage,
    },
    reconciliation: {
      source_total_usd: moneyNumber(reconciliation.sourceTotal),
      difference_usd: moneyNumber(reconciliation.difference),
      residuals: [],
    },
    requests: { pages: 7, other: 1, price_usd: 0.08 },
    files: {},
    ...summary,
  };
}

/** The totals of consecutive months, oldest first; `null` leaves a month out. @param running the month that still runs */
export function aTrend(oldest: Month, totals: readonly (number | null)[], running?: Month): Trend {
  return {
    schema: 1,
    currency: "USD",
    months: totals.flatMap((total, at) => {
      const period = addMonths(oldest, at);
      if (total === null) return [];
      return [
        {
          period,
          is_mtd: period === running,
          total_cost_usd: total,
          cost_centers: [{ name: "Engineering", kind: "named" as const, cost_usd: total }],
        },
      ];
    }),
  };
}

/** The documents of a published month. The index and the trend name only this month, unless the test gives others. */
export function aPublishedMonth(
  spec: SummarySpec = {},
  more: { readonly index?: Partial<IndexDocument>; readonly trend?: Trend } = {},
): MonthDocuments {
  const summary = aSummary(spec);
  return {
    summary,
    trend:
      more.trend ??
      aTrend(summary.period, [summary.totals.current_cost_usd], summary.is_mtd ? summary.period : undefined),
    index: {
      schema: 1,
      generation: 1,
      run_id: summary.run_id,
      published_at: summary.collected_at,
      periods: [summary.period],
      snapshot: {},
      shared: {},
      history: [{ generation: 1, run_id: summary.run_id }],
      ...more.index,
    },
  };
}

const amount = (money: Money | null) => (money === null ? null : moneyNumber(money));

const costs = (
  { current, previousMonth, yearBefore, completeDays, priorPeriodToDate }: CostByPeriod,
  isRunning: boolean,
) => ({
  current_cost_usd: moneyNumber(current),
  prev_month_cost_usd: amount(previousMonth),
  yoy_cost_usd: amount(yearBefore),
  ...(isRunning && { complete_days_cost_usd: amount(completeDays) }),
  ...(isRunning && { prior_partial_cost_usd: amount(priorPeriodToDate) }),
});

const row = (
  { name, kind, cost }: MonthFigures["costCenters"][number]["workloads"][number],
  isRunning: boolean,
) => ({
  name,
  kind,
  ...costs(cost, isRunning),
});

const forecast = ({ forecast: known }: MonthFigures) =>
  known && {
    total_usd: moneyNumber(known.total),
    remaining_usd: moneyNumber(known.remaining),
    start: known.start,
    end: known.end,
  };

const bytes = (count: bigint | null) => (count === null ? null : Number(count));

const storage = ({
  storage: { current, previousMonth, completeDaysCost, priorPeriodToDateCost, tiers },
  isRunning,
}: MonthFigures): Summary["storage_metrics"] => ({
  total_cost_usd: amount(current.cost),
  prev_month_cost_usd: amount(previousMonth.cost),
  total_volume_bytes: bytes(current.volumeBytes),
  hot_tier_percentage: current.hotPercentage,
  cost_per_tb_usd: current.costPerTb,
  prev_month_total_volume_bytes: bytes(previousMonth.volumeBytes),
  prev_month_hot_tier_percentage: previousMonth.hotPercentage,
  prev_month_cost_per_tb_usd: previousMonth.costPerTb,
  ...(isRunning && { complete_days_cost_usd: amount(completeDaysCost) }),
  ...(isRunning && { prior_partial_cost_usd: amount(priorPeriodToDateCost) }),
  tiers: tiers.map(({ service, tier, volumeBytes, cost }) => ({
    service,
    tier,
    volume_bytes: bytes(volumeBytes),
    cost_usd: moneyNumber(cost),
  })),
});
