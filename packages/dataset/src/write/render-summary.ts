import {
  addDays,
  addMonths,
  type Day,
  daysIn,
  type Instant,
  monthWindow,
  priorPeriodToDateWindow,
} from "@dapanoskop/core/calendar";
import {
  type Allocation,
  allocationsByDay,
  type ChargeTypeCosts,
  chargeKindOf,
  costByCostCenter,
  type MonthLedger,
  type PeriodResidual,
  rowsOf,
  type StorageMetrics,
} from "@dapanoskop/core/ledger";
import { type Money, moneyNumber, subtract, zero } from "@dapanoskop/core/money";
import type { SourceDescription } from "@dapanoskop/core/source";
import { SCHEMA } from "../documents/schema-parts.ts";
import { publishedSource } from "../documents/source.ts";
import type { ChargeTypeSummary, CostCenterSummary, Summary, WorkloadSummary } from "../documents/summary.ts";
import { costCenterLabel, workloadLabel } from "../labels.ts";

/** What a summary contains about the run that wrote it. */
export interface SummaryContext {
  readonly runId: string;
  readonly at: Instant;
  readonly source: SourceDescription;
  readonly storage: { readonly includeEfs: boolean; readonly includeEbs: boolean };
  readonly requests: { readonly pages: number; readonly other: number; readonly price: Money };
  readonly files: Summary["files"];
}

/** The summary of a month. Lists are sorted by current cost, ties by label: the same ledger gives the same bytes. */
export function renderSummary(month: MonthLedger, context: SummaryContext): Summary {
  const { current, previous, yearBefore, running } = month;
  const { period, currency } = current;
  const coverage = current.coverage;
  if (coverage === null)
    throw new TypeError(`${period} was collected for comparison only and cannot be published.`);
  const hasCompleteDay = daysIn(current.completeDays) > 0;
  const before = addMonths(period, -1);
  const year = addMonths(period, -12);
  return {
    schema: SCHEMA,
    run_id: context.runId,
    collected_at: context.at,
    period,
    is_mtd: running !== null,
    estimated: current.estimated,
    currency,
    metric: context.source.metric,
    source: publishedSource(context.source),
    periods: { current: period, prev_month: before, yoy: year },
    delivered_through: hasCompleteDay ? addDays(current.completeDays.end, -1) : null,
    windows: {
      current: running && hasCompleteDay ? current.completeDays : current.window,
      prev_month: monthWindow(before),
      yoy: monthWindow(year),
      ...(running && hasCompleteDay && { prior_partial: priorPeriodToDateWindow(current.completeDays) }),
    },
    totals: {
      current_cost_usd: moneyNumber(current.total),
      prev_month_cost_usd: known(previous?.total),
      yoy_cost_usd: known(yearBefore?.total),
      ...(running && { complete_days_cost_usd: known(running.completeDays?.total) }),
      ...(running && { prior_partial_cost_usd: known(running.priorPeriodToDate?.total) }),
      ...(running && { forecast: forecastOf(month) }),
    },
    storage_config: { include_efs: context.storage.includeEfs, include_ebs: context.storage.includeEbs },
    storage_metrics: storageMetrics(month),
    cost_centers: costCenters(month),
    tagging_coverage: {
      tagged_cost_usd: moneyNumber(coverage.tagged),
      untagged_cost_usd: moneyNumber(coverage.untagged),
      untaggable_cost_usd: moneyNumber(coverage.untaggable),
      tagged_percentage: coverage.percentage,
    },
    ...(current.chargeTypes && { charge_types: chargeTypesOf(month) }),
    days: daysOf(month),
    reconciliation: {
      source_total_usd: moneyNumber(current.sourceTotal),
      difference_usd: moneyNumber(subtract(current.total, current.sourceTotal)),
      residuals: residualsOf(month).map(({ view, period: of, difference }) => ({
        view,
        period: of,
        difference_usd: moneyNumber({ units: difference, currency }),
      })),
    },
    requests: {
      pages: context.requests.pages,
      other: context.requests.other,
      price_usd: moneyNumber(context.requests.price),
    },
    files: context.files,
  };
}

function daysOf({ current: { days, window, currency } }: MonthLedger): Summary["days"] {
  if (days === null) return null;
  const places = [...allocationsByDay(days).values()];
  const chargeTypes = new Map<string, Map<Day, bigint>>();
  for (const { day, chargeType, cost } of days.chargeTypes) {
    const costs = chargeTypes.get(chargeType) ?? new Map<Day, bigint>();
    costs.set(day, (costs.get(day) ?? 0n) + cost.units);
    chargeTypes.set(chargeType, costs);
  }
  const number = (units: bigint) => moneyNumber({ units, currency });
  const ofPlaces = (allocation: Allocation) =>
    [...rowsOf(allocation)].reduce((all, { cost }) => all + cost.units, 0n);
  return {
    ...window,
    total_cost_usd: places.map((allocation) => number(ofPlaces(allocation))),
    charge_types: [...chargeTypes]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, costs]) => ({
        name,
        kind: chargeKindOf(name),
        cost_usd: days.days.map((day) => number(costs.get(day) ?? 0n)),
      })),
    residuals: days.residuals.map(({ view, day, difference }) => ({
      view,
      day,
      difference_usd: number(difference),
    })),
  };
}

function costCenters(month: MonthLedger): CostCenterSummary[] {
  const { current } = month;
  const direct = costByCostCenter(current.direct);
  const totals = costByCostCenter(current.allocation);
  const allocations = allocationsOf(month);
  const names = new Set(
    allocations.flatMap((allocation) => (allocation === null ? [] : [...allocation.keys()])),
  );
  const nothing = zero(current.currency);
  const centers = [...names].map((name): CostCenterSummary => {
    const workloads = workloadsOf(month, name);
    const directCost = direct.get(name) ?? nothing;
    const total = totals.get(name) ?? nothing;
    return {
      ...costCenterLabel(name),
      ...figures(month, (allocation) => sumOf(allocation.get(name), current.currency)),
      direct_cost_usd: moneyNumber(directCost),
      allocated_cost_usd: moneyNumber(subtract(total, directCost)),
      workloads,
    };
  });
  return centers.sort(byCurrentCost);
}

function workloadsOf(month: MonthLedger, costCenter: string | null): WorkloadSummary[] {
  const { current } = month;
  const nothing = zero(current.currency);
  const names = new Set(
    allocationsOf(month).flatMap((allocation) => [...(allocation?.get(costCenter)?.keys() ?? [])]),
  );
  const rows = [...names].map((name) => ({
    ...workloadLabel(name),
    ...figures(month, (allocation) => allocation.get(costCenter)?.get(name) ?? nothing),
  }));
  // A split moves whole workloads out of its source. A workload that costs nothing in every period is left out.
  return rows.filter((row) => amountsOf(row).some((amount) => amount !== 0)).sort(byCurrentCost);
}

function chargeTypesOf({ current, previous, yearBefore }: MonthLedger): ChargeTypeSummary[] {
  const periods = [current, previous, yearBefore].map((period) => period?.chargeTypes ?? null);
  const names = new Set(periods.flatMap((costs) => [...(costs?.keys() ?? [])]));
  const nothing = zero(current.currency);
  const costIn = (costs: ChargeTypeCosts | null | undefined, name: string) =>
    costs ? moneyNumber(costs.get(name) ?? nothing) : null;
  return [...names]
    .map((name) => ({
      name,
      kind: chargeKindOf(name),
      current_cost_usd: costIn(current.chargeTypes, name) ?? 0,
      prev_month_cost_usd: costIn(previous?.chargeTypes, name),
      yoy_cost_usd: costIn(yearBefore?.chargeTypes, name),
    }))
    .sort(byCurrentCost);
}

function figures(month: MonthLedger, of: (allocation: Allocation) => Money) {
  const { current, previous, yearBefore, running } = month;
  const amountIn = (allocation: Allocation | undefined) =>
    allocation === undefined ? null : moneyNumber(of(allocation));
  return {
    current_cost_usd: moneyNumber(of(current.allocation)),
    prev_month_cost_usd: amountIn(previous?.allocation),
    yoy_cost_usd: amountIn(yearBefore?.allocation),
    ...(running && { complete_days_cost_usd: amountIn(running.completeDays?.allocation) }),
    ...(running && { prior_partial_cost_usd: amountIn(running.priorPeriodToDate?.allocation) }),
  };
}

/** The places of every period, `null` where a period is unknown. */
const allocationsOf = ({
  current,
  previous,
  yearBefore,
  running,
}: MonthLedger): readonly (Allocation | null)[] =>
  [current, previous, yearBefore, running?.completeDays, running?.priorPeriodToDate].map(
    (period) => period?.allocation ?? null,
  );

const amountsOf = (row: WorkloadSummary): readonly number[] =>
  [
    row.current_cost_usd,
    row.prev_month_cost_usd,
    row.yoy_cost_usd,
    row.complete_days_cost_usd,
    row.prior_partial_cost_usd,
  ].map((amount) => amount ?? 0);

function sumOf(workloads: ReadonlyMap<string | null, Money> | undefined, currency: string): Money {
  let units = 0n;
  for (const cost of workloads?.values() ?? []) units += cost.units;
  return { units, currency };
}

function storageMetrics({ current, previous, running }: MonthLedger): Summary["storage_metrics"] {
  const own = storageFigures(current.storage);
  const before = storageFigures(previous?.storage ?? null);
  return {
    total_cost_usd: own.cost,
    prev_month_cost_usd: before.cost,
    total_volume_bytes: own.volume,
    hot_tier_percentage: own.hot,
    cost_per_tb_usd: own.perTb,
    prev_month_total_volume_bytes: before.volume,
    prev_month_hot_tier_percentage: before.hot,
    prev_month_cost_per_tb_usd: before.perTb,
    ...(running && { complete_days_cost_usd: known(running.completeDays?.storageCost) }),
    ...(running && { prior_partial_cost_usd: known(running.priorPeriodToDate?.storageCost) }),
    tiers: current.storage.tiers.map(({ service, tier, volumeBytes, cost, completeDaysCost }) => ({
      service,
      tier,
      volume_bytes: volumeBytes === null ? null : Number(volumeBytes),
      cost_usd: moneyNumber(cost),
      ...(completeDaysCost && { complete_days_cost_usd: moneyNumber(completeDaysCost) }),
    })),
  };
}

function storageFigures(storage: StorageMetrics | null) {
  return {
    cost: known(storage?.cost),
    volume: storage?.volumeBytes == null ? null : Number(storage.volumeBytes),
    hot: storage?.hotPercentage ?? null,
    perTb: storage?.costPerTb ?? null,
  };
}

function forecastOf({ running }: MonthLedger) {
  if (!running?.forecast) return null;
  const { total, remaining, start, end } = running.forecast;
  return { total_usd: moneyNumber(total), remaining_usd: moneyNumber(remaining), start, end };
}

function residualsOf({ current, previous, yearBefore, running }: MonthLedger): readonly PeriodResidual[] {
  return [current, running?.completeDays, running?.priorPeriodToDate, previous, yearBefore].flatMap(
    (ledger) => ledger?.residuals ?? [],
  );
}

const known = (money: Money | null | undefined): number | null => (money ? moneyNumber(money) : null);

function byCurrentCost(
  a: { readonly name: string; readonly current_cost_usd: number },
  b: { readonly name: string; readonly current_cost_usd: number },
): number {
  return b.current_cost_usd - a.current_cost_usd || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}
