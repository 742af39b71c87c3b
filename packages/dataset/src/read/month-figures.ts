import { addDays, type Day, priorPeriodToDateWindow } from "@dapanoskop/core/calendar";
import type {
  CostByPeriod,
  CostFigures,
  MonthFigures,
  MonthStorage,
  TrendFigures,
} from "@dapanoskop/core/insight";
import { type Money, moneyFromNumber } from "@dapanoskop/core/money";
import type { IndexDocument } from "../documents/index-document.ts";
import { sourceDescription } from "../documents/source.ts";
import type { Summary, WorkloadSummary } from "../documents/summary.ts";
import type { Trend } from "../documents/trend.ts";
import type { UsageTypeColumns } from "../parquet/columns.ts";

/** The published documents that the figures of a month are read from, all named by one index. */
export interface MonthDocuments {
  readonly index: IndexDocument;
  readonly summary: Summary;
  readonly trend: Trend;
}

/** Everything that is published about a month for its readers. */
export interface MonthContents extends MonthDocuments {
  /** The rows by usage type; `null` where the index names no such file. */
  readonly usage: UsageTypeColumns | null;
  /** Those of the prior period to date, of a running month; `null` where the index names no such file. */
  readonly priorPeriodToDateUsage: UsageTypeColumns | null;
}

/** The figures of a published month: its summary, and what the index says about its collections. */
export function monthFigures({ index, summary }: Omit<MonthDocuments, "trend">): MonthFigures {
  const { currency, windows, is_mtd: isRunning, tagging_coverage: coverage, reconciliation } = summary;
  const money = (value: number): Money => moneyFromNumber(value, currency);
  const { forecast } = summary.totals;
  return {
    month: summary.period,
    isEstimated: summary.estimated,
    currency,
    metric: summary.metric,
    source: sourceDescription(summary.source),
    runId: summary.run_id,
    collectedAt: summary.collected_at,
    publishedAt: index.published_at,
    deliveredThrough: deliveredThrough(summary),
    windows: {
      current: windows.current,
      previousMonth: windows.prev_month,
      yearBefore: windows.yoy,
      // A summary leaves the window out where the source refused to answer for it.
      priorPeriodToDate: isRunning
        ? (windows.prior_partial ?? priorPeriodToDateWindow(windows.current))
        : null,
    },
    ...costFigures(summary),
    forecast: forecast
      ? {
          total: money(forecast.total_usd),
          remaining: money(forecast.remaining_usd),
          start: forecast.start,
          end: forecast.end,
        }
      : null,
    storage: storageFigures(summary),
    coverage: {
      tagged: money(coverage.tagged_cost_usd),
      untagged: money(coverage.untagged_cost_usd),
      untaggable: money(coverage.untaggable_cost_usd),
      percentage: coverage.tagged_percentage,
    },
    chargeTypes:
      summary.charge_types?.map(({ name, kind, ...cost }) => ({
        name,
        kind,
        current: money(cost.current_cost_usd),
        previousMonth: known(cost.prev_month_cost_usd, currency),
        yearBefore: known(cost.yoy_cost_usd, currency),
      })) ?? null,
    reconciliation: {
      sourceTotal: money(reconciliation.source_total_usd),
      difference: money(reconciliation.difference_usd),
      residuals: reconciliation.residuals.map(({ view, period, difference_usd }) => ({
        view,
        month: period,
        difference: money(difference_usd),
      })),
    },
    requests: {
      pages: summary.requests.pages,
      other: summary.requests.other,
      price: moneyFromNumber(summary.requests.price_usd, "USD"),
    },
    earlierTotals: earlierTotals(index, summary),
  };
}

/** A summary of a version that did not publish it counts as complete. */
const deliveredThrough = ({ delivered_through: day, windows }: Summary): Day | null =>
  day === undefined ? addDays(windows.current.end, -1) : day;

/** The costs of a published month by cost center and workload. */
export const costFigures = ({ currency, totals, cost_centers, is_mtd }: Summary): CostFigures => ({
  isRunning: is_mtd,
  total: costByPeriod(totals, currency),
  costCenters: cost_centers.map((center) => ({
    ...named(center, currency),
    direct: moneyFromNumber(center.direct_cost_usd, currency),
    allocated: moneyFromNumber(center.allocated_cost_usd, currency),
    workloads: center.workloads.map((workload) => named(workload, currency)),
  })),
});

/** The total of every published month. */
export function trendFigures({ currency, months }: Trend): TrendFigures {
  return {
    currency,
    months: months.map(({ period, is_mtd, total_cost_usd }) => ({
      month: period,
      isRunning: is_mtd,
      total: moneyFromNumber(total_cost_usd, currency),
    })),
  };
}

type PublishedCosts = Pick<
  WorkloadSummary,
  | "current_cost_usd"
  | "prev_month_cost_usd"
  | "yoy_cost_usd"
  | "complete_days_cost_usd"
  | "prior_partial_cost_usd"
>;

const costByPeriod = (costs: PublishedCosts, currency: string): CostByPeriod => ({
  current: moneyFromNumber(costs.current_cost_usd, currency),
  previousMonth: known(costs.prev_month_cost_usd, currency),
  yearBefore: known(costs.yoy_cost_usd, currency),
  completeDays: known(costs.complete_days_cost_usd, currency),
  priorPeriodToDate: known(costs.prior_partial_cost_usd, currency),
});

const named = (row: WorkloadSummary, currency: string) => ({
  name: row.name,
  kind: row.kind,
  cost: costByPeriod(row, currency),
});

function storageFigures({ storage_metrics: metrics, storage_config, currency }: Summary): MonthStorage {
  return {
    config: { includeEfs: storage_config.include_efs, includeEbs: storage_config.include_ebs },
    current: {
      cost: known(metrics.total_cost_usd, currency),
      volumeBytes: bytes(metrics.total_volume_bytes),
      hotPercentage: metrics.hot_tier_percentage,
      costPerTb: metrics.cost_per_tb_usd,
    },
    previousMonth: {
      cost: known(metrics.prev_month_cost_usd, currency),
      volumeBytes: bytes(metrics.prev_month_total_volume_bytes),
      hotPercentage: metrics.prev_month_hot_tier_percentage,
      costPerTb: metrics.prev_month_cost_per_tb_usd,
    },
    completeDaysCost: known(metrics.complete_days_cost_usd, currency),
    priorPeriodToDateCost: known(metrics.prior_partial_cost_usd, currency),
    tiers: metrics.tiers.map(({ service, tier, volume_bytes, cost_usd }) => ({
      service,
      tier,
      volumeBytes: bytes(volume_bytes),
      cost: moneyFromNumber(cost_usd, currency),
    })),
  };
}

function earlierTotals(
  { snapshot }: IndexDocument,
  { period, currency }: Summary,
): MonthFigures["earlierTotals"] {
  const revised = Object.hasOwn(snapshot, period) ? snapshot[period]?.restated : undefined;
  return (revised ?? []).map(({ as_of, total_cost_usd }) => ({
    collectedAt: as_of,
    total: moneyFromNumber(total_cost_usd, currency),
  }));
}

const known = (value: number | null | undefined, currency: string): Money | null =>
  value === null || value === undefined ? null : moneyFromNumber(value, currency);

const bytes = (count: number | null): bigint | null => (count === null ? null : BigInt(count));
