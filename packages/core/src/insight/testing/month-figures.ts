import {
  addDays,
  addMonths,
  daysIn,
  daysInMonth,
  eventMonth,
  type Instant,
  type Month,
  monthWindow,
  priorPeriodToDateWindow,
  windowOf,
} from "../../calendar/index.ts";
import {
  add,
  divideHalfEven,
  type Money,
  moneyFromNumber,
  moneyNumber,
  subtract,
  sum,
  zero,
} from "../../money/index.ts";
import type { SourceDescription } from "../../source/index.ts";
import type {
  CostByPeriod,
  CostCenterFigures,
  MonthFigures,
  MonthStorage,
  NameKind,
  TrendFigures,
} from "../month-figures.ts";

/** A workload: its cost, and what it cost before. What is left out cost the same in every period. */
export interface WorkloadSpec {
  readonly name: string;
  readonly kind?: NameKind;
  readonly current: number;
  readonly prevMonth?: number | null;
  readonly yoy?: number | null;
  readonly priorPeriodToDate?: number | null;
}

export interface CenterSpec {
  readonly name: string;
  readonly kind?: NameKind;
  readonly allocated?: number;
  readonly workloads: readonly WorkloadSpec[];
}

export interface MonthSpec {
  readonly period?: Month;
  /** The event's time: the month is running when this lies in it. */
  readonly at?: Instant;
  readonly centers?: readonly CenterSpec[];
}

/** A workload that cost `before` in every period that it is compared with. */
export const aWorkload = (name: string, current: number, before?: number | null): WorkloadSpec => ({
  name,
  current,
  ...(before === undefined ? {} : { prevMonth: before, priorPeriodToDate: before, yoy: before }),
});

/** What the figures of a month were computed from, unless a test states something else. */
export const aSource: SourceDescription = {
  kind: "Cost Explorer",
  provider: "AWS",
  metric: "UnblendedCost",
  tagKey: "App",
  costCategory: "CostCenter",
  billingView: null,
  accounts: null,
};

/**
 * The figures of a month in dollars. Totals, coverage and reconciliation follow from the cost centers, so a test states
 * only what matters. @param own replaces whole fields
 */
export function aMonth(spec: MonthSpec = {}, own: Partial<MonthFigures> = {}): MonthFigures {
  const { at = "2026-03-08T06:00:00Z", period: month = eventMonth(at), centers = someCenters } = spec;
  const isRunning = eventMonth(at) === month;
  const window = windowOf(month, at);
  const costCenters = centers.map((center) => aCenter(center, isRunning));
  const total = totalCost(costCenters.map(({ cost }) => cost));
  const untagged = costCenters
    .flatMap(({ workloads }) => workloads)
    .filter(({ kind }) => kind === "untagged")
    .map(({ cost }) => cost.current);
  return {
    month,
    isRunning,
    isEstimated: isRunning,
    currency: "USD",
    metric: "UnblendedCost",
    source: aSource,
    runId: `20260308T060000Z-${"0".repeat(32)}`,
    collectedAt: at,
    publishedAt: at,
    deliveredThrough: addDays(window.end, -1),
    windows: {
      current: window,
      previousMonth: monthWindow(addMonths(month, -1)),
      yearBefore: monthWindow(addMonths(month, -12)),
      priorPeriodToDate: isRunning ? priorPeriodToDateWindow(window) : null,
    },
    total,
    forecast: isRunning ? aForecast(total.current, month, daysIn(window), window.end) : null,
    costCenters,
    storage: aStorage(isRunning),
    chargeTypes: [
      {
        name: "Usage",
        kind: "usage",
        current: total.current,
        previousMonth: total.previousMonth,
        yearBefore: total.yearBefore,
      },
    ],
    coverage: aCoverage(total.current, sum(untagged, "USD")),
    reconciliation: { sourceTotal: total.current, difference: zero("USD"), residuals: [] },
    requests: { pages: 7, other: 1, price: usd(0.08) },
    earlierTotals: [],
    ...own,
  };
}

/** The totals of consecutive months, oldest first; `null` leaves a month out. @param running the month that still runs */
export const trendOf = (
  oldest: Month,
  totals: readonly (number | null)[],
  running?: Month,
): TrendFigures => ({
  currency: "USD",
  months: totals.flatMap((total, at) => {
    const month = addMonths(oldest, at);
    return total === null ? [] : [{ month, isRunning: month === running, total: usd(total) }];
  }),
});

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

const usd = (amount: number): Money => moneyFromNumber(amount, "USD");

const known = (amount: number | null): Money | null => (amount === null ? null : usd(amount));

function aCenter(
  { name, kind = "named", allocated = 0, workloads: specs }: CenterSpec,
  isRunning: boolean,
): CostCenterFigures {
  const workloads = specs.map((spec) => ({
    name: spec.name,
    kind: spec.kind ?? ("named" as const),
    cost: costOf(spec, isRunning),
  }));
  const cost = totalCost(workloads.map((workload) => workload.cost));
  return {
    name,
    kind,
    cost,
    direct: subtract(cost.current, usd(allocated)),
    allocated: usd(allocated),
    workloads,
  };
}

const costOf = (
  { current, prevMonth = current, yoy = current, priorPeriodToDate = current }: WorkloadSpec,
  isRunning: boolean,
): CostByPeriod => ({
  current: usd(current),
  previousMonth: known(prevMonth),
  yearBefore: known(yoy),
  completeDays: isRunning ? usd(current) : null,
  priorPeriodToDate: isRunning ? known(priorPeriodToDate) : null,
});

/** The exact sums; `null` where a part is unknown. */
function totalCost(costs: readonly CostByPeriod[]): CostByPeriod {
  const total = (pick: (cost: CostByPeriod) => Money | null) =>
    costs.map(pick).reduce<Money | null>((all, part) => (all && part ? add(all, part) : null), zero("USD"));
  return {
    current: total(({ current }) => current) ?? zero("USD"),
    previousMonth: total(({ previousMonth }) => previousMonth),
    yearBefore: total(({ yearBefore }) => yearBefore),
    completeDays: total(({ completeDays }) => completeDays),
    priorPeriodToDate: total(({ priorPeriodToDate }) => priorPeriodToDate),
  };
}

/** As much a day as until now. */
function aForecast(current: Money, month: Month, days: number, start: string): MonthFigures["forecast"] {
  const remaining = {
    units: divideHalfEven(current.units * BigInt(daysInMonth(month) - days), BigInt(days)),
    currency: "USD",
  };
  return { total: add(current, remaining), remaining, start, end: monthWindow(month).end };
}

function aCoverage(total: Money, untagged: Money): MonthFigures["coverage"] {
  const tagged = subtract(total, untagged);
  return {
    tagged,
    untagged,
    untaggable: zero("USD"),
    percentage:
      total.units === 0n ? null : Math.round((1000 * moneyNumber(tagged)) / moneyNumber(total)) / 10,
  };
}

const aStorage = (isRunning: boolean): MonthStorage => ({
  config: { includeEfs: false, includeEbs: false },
  current: { cost: usd(23.55), volumeBytes: 2n ** 40n, hotPercentage: 80, costPerTb: 23.55 },
  previousMonth: { cost: usd(23.55), volumeBytes: 2n ** 40n, hotPercentage: 82.5, costPerTb: 23.55 },
  completeDaysCost: isRunning ? usd(23.55) : null,
  priorPeriodToDateCost: isRunning ? usd(5.5) : null,
  tiers: [
    {
      service: "Amazon Simple Storage Service",
      tier: "Standard",
      volumeBytes: 2n ** 40n,
      cost: usd(23.55),
    },
  ],
});
