import {
  addMonths,
  daysIn,
  daysInMonth,
  eventMonth,
  type Instant,
  type Month,
  monthWindow,
  priorPeriodToDateWindow,
  windowOf,
} from "@dapanoskop/core/calendar";
import { moneyFromNumber, moneyNumber, sum } from "@dapanoskop/core/money";
import type { IndexDocument, Kind, Summary, Trend } from "../../index.ts";
import type { Published } from "../message.ts";

/** A workload row: its cost, and what it cost before. What is left out cost the same in every period. */
export interface WorkloadSpec {
  readonly name: string;
  readonly kind?: Kind;
  readonly current: number;
  readonly prevMonth?: number | null;
  readonly yoy?: number | null;
  readonly priorPeriodToDate?: number | null;
}

export interface CenterSpec {
  readonly name: string;
  readonly kind?: Kind;
  readonly allocated?: number;
  readonly workloads: readonly WorkloadSpec[];
}

export interface SummarySpec {
  readonly period?: Month;
  /** The event's time: the period runs when it lies in its month. */
  readonly at?: Instant;
  readonly centers?: readonly CenterSpec[];
  /** What the summary says beyond what its centers add up to. */
  readonly summary?: Partial<Summary>;
}

const RUN = `20260308T060000Z-${"0".repeat(32)}`;

export const aWorkload = (name: string, current: number, before?: number | null): WorkloadSpec => ({
  name,
  current,
  ...(before === undefined ? {} : { prevMonth: before, priorPeriodToDate: before, yoy: before }),
});

/** A summary whose totals, coverage and reconciliation follow from its centers: state only what matters. */
export function aSummary(spec: SummarySpec = {}): Summary {
  const { at = "2026-03-08T06:00:00Z", period = eventMonth(at), centers = someCenters } = spec;
  const running = eventMonth(at) === period;
  const window = windowOf(period, at);
  const rows = centers.map((center) => centerRow(center, running));
  const total = (pick: (row: (typeof rows)[number]) => number | null | undefined) => totalOf(rows.map(pick));
  const current = total((row) => row.current_cost_usd) ?? 0;
  const untagged = totalOf(
    rows.flatMap(({ workloads }) =>
      workloads.filter(({ kind }) => kind === "untagged").map((row) => row.current_cost_usd),
    ),
  );
  const tagged = difference(current, untagged ?? 0);
  return {
    schema: 1,
    run_id: RUN,
    collected_at: at,
    period,
    is_mtd: running,
    estimated: running,
    currency: "USD",
    metric: "UnblendedCost",
    periods: { current: period, prev_month: addMonths(period, -1), yoy: addMonths(period, -12) },
    windows: {
      current: window,
      prev_month: monthWindow(addMonths(period, -1)),
      yoy: monthWindow(addMonths(period, -12)),
      ...(running ? { prior_partial: priorPeriodToDateWindow(window) } : {}),
    },
    totals: {
      current_cost_usd: current,
      prev_month_cost_usd: total((row) => row.prev_month_cost_usd),
      yoy_cost_usd: total((row) => row.yoy_cost_usd),
      ...(running
        ? {
            prior_partial_cost_usd: total((row) => row.prior_partial_cost_usd),
            forecast: forecastOf(current, period, daysIn(window), window.end),
          }
        : {}),
    },
    storage_config: { include_efs: false, include_ebs: false },
    storage_metrics: {
      total_cost_usd: 23.55,
      prev_month_cost_usd: 23.55,
      total_volume_bytes: 2 ** 40,
      hot_tier_percentage: 80,
      cost_per_tb_usd: 23.55,
      prev_month_total_volume_bytes: 2 ** 40,
      prev_month_hot_tier_percentage: 82.5,
      prev_month_cost_per_tb_usd: 23.55,
      ...(running ? { prior_partial_cost_usd: 5.5 } : {}),
      tiers: [
        {
          service: "Amazon Simple Storage Service",
          tier: "Standard",
          volume_bytes: 2 ** 40,
          cost_usd: 23.55,
        },
      ],
    },
    cost_centers: rows,
    tagging_coverage: {
      tagged_cost_usd: tagged,
      untagged_cost_usd: untagged ?? 0,
      untaggable_cost_usd: 0,
      tagged_percentage: current === 0 ? null : Math.round((1000 * tagged) / current) / 10,
    },
    reconciliation: { source_total_usd: current, difference_usd: 0, residuals: [] },
    requests: { pages: 7, other: 1, price_usd: 0.08 },
    files: {},
    ...spec.summary,
  };
}

/** The totals by month that a trend holds, oldest first; `null` leaves the month out, a name in `running` runs. */
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

/** What a reader finds: an index that names the summary's month alone, unless more is said. */
export function aPublished(
  spec: SummarySpec = {},
  more: { readonly index?: Partial<IndexDocument>; readonly trend?: Trend } = {},
): Published {
  const summary = aSummary(spec);
  return {
    summary,
    trend:
      more.trend ??
      aTrend(summary.period, [summary.totals.current_cost_usd], summary.is_mtd ? summary.period : undefined),
    index: {
      schema: 1,
      generation: 1,
      run_id: RUN,
      published_at: summary.collected_at,
      periods: [summary.period],
      snapshot: {},
      shared: {},
      history: [{ generation: 1, run_id: RUN }],
      ...more.index,
    },
  };
}

const someCenters: readonly CenterSpec[] = [
  {
    name: "Engineering",
    workloads: [
      { name: "web", current: 300, prevMonth: 1300, yoy: 900, priorPeriodToDate: 280 },
      { name: "Untagged", kind: "untagged", current: 20, prevMonth: 80, yoy: 70, priorPeriodToDate: 20 },
    ],
  },
  {
    name: "Data",
    workloads: [{ name: "etl", current: 100, prevMonth: 400, yoy: 0, priorPeriodToDate: 120 }],
  },
];

function centerRow({ name, kind = "named", allocated = 0, workloads: specs }: CenterSpec, running: boolean) {
  const workloads = specs.map((spec) => ({
    name: spec.name,
    kind: spec.kind ?? ("named" as const),
    current_cost_usd: spec.current,
    prev_month_cost_usd: spec.prevMonth === undefined ? spec.current : spec.prevMonth,
    yoy_cost_usd: spec.yoy === undefined ? spec.current : spec.yoy,
    ...(running
      ? {
          prior_partial_cost_usd:
            spec.priorPeriodToDate === undefined ? spec.current : spec.priorPeriodToDate,
        }
      : {}),
  }));
  const current = totalOf(workloads.map((row) => row.current_cost_usd)) ?? 0;
  return {
    name,
    kind,
    current_cost_usd: current,
    prev_month_cost_usd: totalOf(workloads.map((row) => row.prev_month_cost_usd)),
    yoy_cost_usd: totalOf(workloads.map((row) => row.yoy_cost_usd)),
    ...(running
      ? { prior_partial_cost_usd: totalOf(workloads.map((row) => row.prior_partial_cost_usd)) }
      : {}),
    direct_cost_usd: difference(current, allocated),
    allocated_cost_usd: allocated,
    workloads,
  };
}

/** The exact sum; `null` where a part is unknown. */
function totalOf(parts: readonly (number | null | undefined)[]): number | null {
  const known = parts.filter((part) => part !== null && part !== undefined);
  if (known.length < parts.length) return null;
  return moneyNumber(
    sum(
      known.map((part) => moneyFromNumber(part, "USD")),
      "USD",
    ),
  );
}

const difference = (a: number, b: number) => totalOf([a, -b]) ?? 0;

function forecastOf(current: number, period: Month, days: number, start: string) {
  const left = daysInMonth(period) - days;
  const remaining = Math.round((current / days) * left * 100) / 100;
  return {
    total_usd: totalOf([current, remaining]) ?? 0,
    remaining_usd: remaining,
    start,
    end: monthWindow(period).end,
  };
}
