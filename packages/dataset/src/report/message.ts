import {
  daysIn,
  daysInMonth,
  type Instant,
  type Month,
  priorPeriodToDateWindow,
  type Window,
  windowText,
} from "@dapanoskop/core/calendar";
import { type Money, moneyFromNumber, rounded } from "@dapanoskop/core/money";
import type { CostCenterSummary, IndexDocument, Kind, Summary, Trend } from "../index.ts";
import { threeMonthAverages } from "./average.ts";
import { type Change, changeOf } from "./change.ts";
import { type Basis, type Mover, moversOf, previousCost } from "./movers.ts";
import { notesOf } from "./notes.ts";
import { monthName, monthText, periodText } from "./period-words.ts";
import { reasonSentence } from "./reason.ts";
import { roundToWhole } from "./rounding.ts";
import type { Words } from "./words.ts";

/**
 * What is worth saying about a published month. Terminal, HTML, JSON and later mail and Slack render this one model,
 * so that they never disagree. Amounts are exact, names as the bill has them; a sink rounds and escapes.
 */
export interface Message {
  readonly period: Month;
  /** "March 2026, 7 of 31 days" */
  readonly periodText: string;
  readonly isRunning: boolean;
  readonly window: Window;
  readonly currency: string;
  readonly metric: string;
  readonly runId: string;
  readonly collectedAt: Instant;
  readonly estimated: boolean;
  readonly total: Money;
  /** Against the basis: the same days of the month before while the month runs, the whole month before afterwards. */
  readonly change: Change;
  /** The basis in words: "Feb 1–7", "January 2026". */
  readonly against: string;
  readonly reason: Words;
  /** The basis first. */
  readonly comparisons: readonly Comparison[];
  /** Absent for a closed month; `null` where the source has too little data for one. */
  readonly forecast?: Forecast | null;
  /** Of this month and the two before it; `null` where one is missing or running. */
  readonly threeMonthAverage: Money | null;
  readonly centers: readonly CenterLine[];
  /** Every workload that changed, largest change first. */
  readonly movers: readonly Mover[];
  readonly storage: StorageFigures;
  readonly coverage: Coverage;
  readonly reconciliation: Reconciliation;
  readonly requests: { readonly pages: number; readonly other: number; readonly price: Money };
  /** Every published month, oldest first. */
  readonly months: readonly MonthTotal[];
  /** What a reader must know to trust or doubt the figures, as sentences. */
  readonly notes: readonly Words[];
}

export interface Comparison {
  readonly kind: Basis | "yoy";
  /** "The same days of February", "January 2026" */
  readonly label: string;
  readonly window: Window;
  readonly cost: Money | null;
  /** `null` where a running month would be held against a whole one: that is the forecast's to compare. */
  readonly change: Change | null;
}

export interface Forecast {
  readonly total: Money;
  readonly remaining: Money;
  readonly window: { readonly start: string; readonly end: string };
  /** The whole month by forecast, against the whole month before. */
  readonly change: Change;
}

export interface CenterLine {
  readonly name: string;
  readonly kind: Kind;
  readonly current: Money;
  /** Cents that add up with the other centers' to the rounded total. */
  readonly shown: bigint;
  readonly previous: Money | null;
  readonly previousMonth: Money | null;
  readonly yearBefore: Money | null;
  readonly change: Change;
  /** What its own charges cost, before shared costs were moved. */
  readonly direct: Money;
  /** Shared costs moved in, or out where negative. */
  readonly allocated: Money;
  readonly workloads: readonly WorkloadLine[];
}

export interface WorkloadLine {
  readonly name: string;
  readonly kind: Kind;
  readonly current: Money;
  /** Cents that add up with the other workloads' to the center as shown. */
  readonly shown: bigint;
  readonly previous: Money | null;
  readonly change: Change;
}

export interface StorageFigures {
  readonly cost: Money | null;
  readonly previous: Money | null;
  readonly change: Change;
  /** A TB is 2^40 bytes, as AWS bills it. */
  readonly volumeBytes: number | null;
  readonly previousVolumeBytes: number | null;
  readonly hotPercentage: number | null;
  readonly previousHotPercentage: number | null;
  readonly costPerTb: Money | null;
  readonly previousCostPerTb: Money | null;
  /** What is counted: "S3", "S3, EFS and EBS". */
  readonly counted: string;
  readonly tiers: readonly {
    readonly service: string;
    readonly tier: string;
    readonly volumeBytes: number | null;
    readonly cost: Money;
  }[];
}

export interface Coverage {
  /** Of the cost that can carry a tag, one decimal; `null` where there is none. */
  readonly percentage: number | null;
  readonly tagged: Money;
  readonly untagged: Money;
  /** Tax, fees, credits: no tag can stand on them, so they are left out of the percentage. */
  readonly untaggable: Money;
}

export interface Reconciliation {
  /** What the source says the month costs, ungrouped. */
  readonly sourceTotal: Money;
  readonly difference: Money;
  readonly residuals: readonly {
    readonly view: string;
    readonly period: Month;
    readonly difference: Money;
  }[];
}

export interface MonthTotal {
  readonly period: Month;
  readonly isRunning: boolean;
  readonly total: Money;
  readonly threeMonthAverage: Money | null;
}

/** What a message is made of: the published documents, as one index names them. */
export interface Published {
  readonly index: IndexDocument;
  readonly summary: Summary;
  readonly trend: Trend;
}

/** @param now the reader's time, to say when figures are old; `null` says nothing about it */
export function messageOf({ index, summary, trend }: Published, now: Instant | null): Message {
  const { currency, totals, windows } = summary;
  const money = (value: number) => moneyFromNumber(value, currency);
  const basis: Basis = summary.is_mtd ? "prior_partial" : "prev_month";
  const total = money(totals.current_cost_usd);
  const change = changeOf(total, previousCost(totals, basis, currency));
  const against = basisText(summary);
  const movers = moversOf(summary, basis);
  const averages = threeMonthAverages(trend);
  return {
    period: summary.period,
    periodText: periodText(summary.period, windows.current, summary.is_mtd),
    isRunning: summary.is_mtd,
    window: windows.current,
    currency,
    metric: summary.metric,
    runId: summary.run_id,
    collectedAt: summary.collected_at,
    estimated: summary.estimated,
    total,
    change,
    against,
    reason: reasonSentence(change, movers, against),
    comparisons: comparisonsOf(summary, total),
    ...(summary.is_mtd ? { forecast: forecastOf(summary) } : {}),
    threeMonthAverage: averages.get(summary.period) ?? null,
    centers: centerLines(summary, basis, rounded(total)),
    movers,
    storage: storageFigures(summary, basis),
    coverage: {
      percentage: summary.tagging_coverage.tagged_percentage,
      tagged: money(summary.tagging_coverage.tagged_cost_usd),
      untagged: money(summary.tagging_coverage.untagged_cost_usd),
      untaggable: money(summary.tagging_coverage.untaggable_cost_usd),
    },
    reconciliation: {
      sourceTotal: money(summary.reconciliation.source_total_usd),
      difference: money(summary.reconciliation.difference_usd),
      residuals: summary.reconciliation.residuals.map(({ view, period, difference_usd }) => ({
        view,
        period,
        difference: money(difference_usd),
      })),
    },
    requests: {
      pages: summary.requests.pages,
      other: summary.requests.other,
      // AWS bills its own requests in dollars, whatever the bill's currency.
      price: moneyFromNumber(summary.requests.price_usd, "USD"),
    },
    months: trend.months.map(({ period, is_mtd, total_cost_usd }) => ({
      period,
      isRunning: is_mtd,
      total: moneyFromNumber(total_cost_usd, trend.currency),
      threeMonthAverage: averages.get(period) ?? null,
    })),
    notes: notesOf(index, summary, now),
  };
}

/** What the month is compared with, in words. */
function basisText({ is_mtd, windows, periods }: Summary): string {
  return is_mtd
    ? windowText(windows.prior_partial ?? priorPeriodToDateWindow(windows.current))
    : monthText(periods.prev_month);
}

function comparisonsOf(summary: Summary, total: Money): readonly Comparison[] {
  const { totals, windows, currency, is_mtd } = summary;
  const cost = (value: number | null) => (value === null ? null : moneyFromNumber(value, currency));
  const whole = (kind: "prev_month" | "yoy", value: number | null): Comparison => ({
    kind,
    label: monthText(summary.periods[kind]),
    window: windows[kind],
    cost: cost(value),
    change: is_mtd ? null : changeOf(total, cost(value)),
  });
  const partial = cost(totals.prior_partial_cost_usd ?? null);
  // Absent where the source refused it: then the figure is unknown, and still listed.
  const like = windows.prior_partial ?? priorPeriodToDateWindow(windows.current);
  const before = summary.periods.prev_month;
  const sameDays: Comparison = {
    kind: "prior_partial",
    label: `${daysIn(like) === daysInMonth(before) ? "All" : "The same days"} of ${monthName(before)}`,
    window: like,
    cost: partial,
    change: changeOf(total, partial),
  };
  return [
    ...(is_mtd ? [sameDays] : []),
    whole("prev_month", totals.prev_month_cost_usd),
    whole("yoy", totals.yoy_cost_usd),
  ];
}

function forecastOf({ totals, currency }: Summary): Forecast | null {
  if (totals.forecast === undefined || totals.forecast === null) return null;
  const { total_usd, remaining_usd, start, end } = totals.forecast;
  const total = moneyFromNumber(total_usd, currency);
  return {
    total,
    remaining: moneyFromNumber(remaining_usd, currency),
    window: { start, end },
    change: changeOf(total, previousCost(totals, "prev_month", currency)),
  };
}

function centerLines(summary: Summary, basis: Basis, wholeCents: bigint): readonly CenterLine[] {
  const { currency, cost_centers: centers } = summary;
  const money = (value: number) => moneyFromNumber(value, currency);
  const shown = roundToWhole(
    centers.map(({ current_cost_usd }) => money(current_cost_usd)),
    wholeCents,
  );
  return centers.map((center, at) => {
    const current = money(center.current_cost_usd);
    const previous = previousCost(center, basis, currency);
    return {
      name: center.name,
      kind: center.kind,
      current,
      shown: shown[at] ?? rounded(current),
      previous,
      previousMonth: previousCost(center, "prev_month", currency),
      yearBefore: center.yoy_cost_usd === null ? null : money(center.yoy_cost_usd),
      change: changeOf(current, previous),
      direct: money(center.direct_cost_usd),
      allocated: money(center.allocated_cost_usd),
      workloads: workloadLines(center, basis, currency, shown[at] ?? rounded(current)),
    };
  });
}

function workloadLines(
  { workloads }: CostCenterSummary,
  basis: Basis,
  currency: string,
  wholeCents: bigint,
): readonly WorkloadLine[] {
  const costs = workloads.map(({ current_cost_usd }) => moneyFromNumber(current_cost_usd, currency));
  const shown = roundToWhole(costs, wholeCents);
  return workloads.map((workload, at) => {
    const current = moneyFromNumber(workload.current_cost_usd, currency);
    const previous = previousCost(workload, basis, currency);
    return {
      name: workload.name,
      kind: workload.kind,
      current,
      shown: shown[at] ?? rounded(current),
      previous,
      change: changeOf(current, previous),
    };
  });
}

function storageFigures(summary: Summary, basis: Basis): StorageFigures {
  const { storage_metrics: storage, storage_config: config, currency } = summary;
  const money = (value: number | null) => (value === null ? null : moneyFromNumber(value, currency));
  const cost = money(storage.total_cost_usd);
  const previous = previousCost(storage, basis, currency);
  return {
    cost,
    previous,
    change: changeOf(cost, previous),
    volumeBytes: storage.total_volume_bytes,
    previousVolumeBytes: storage.prev_month_total_volume_bytes,
    hotPercentage: storage.hot_tier_percentage,
    previousHotPercentage: storage.prev_month_hot_tier_percentage,
    costPerTb: money(storage.cost_per_tb_usd),
    previousCostPerTb: money(storage.prev_month_cost_per_tb_usd),
    counted: listed(["S3", ...(config.include_efs ? ["EFS"] : []), ...(config.include_ebs ? ["EBS"] : [])]),
    tiers: storage.tiers.map((tier) => ({
      service: tier.service,
      tier: tier.tier,
      volumeBytes: tier.volume_bytes,
      cost: moneyFromNumber(tier.cost_usd, currency),
    })),
  };
}

const listed = (names: readonly string[]) =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
