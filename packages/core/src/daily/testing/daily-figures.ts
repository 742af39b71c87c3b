import { addDays, type Day, daysInMonth, firstDay, monthOf } from "../../calendar/index.ts";
import { chargeKindOf } from "../../ledger/index.ts";
import { moneyFromNumber, moneyNumber, sum } from "../../money/index.ts";
import type {
  DailyChargeType,
  DailyCostCenter,
  DailyFigures,
  DailyMonth,
  DailyNumbers,
  DailyService,
  DailyUsageType,
  DailyWorkload,
} from "../daily-figures.ts";

/** The same number every day, a number for each day in order, or what a day has. */
export type SpecNumbers = number | DailyNumbers | ((day: Day, at: number) => number | null);

type Spec<Series, Filled extends string> = Omit<Series, "costs" | "quantities" | Filled> & {
  readonly costs: SpecNumbers;
};

/** What a test says about its days; everything else has a default. */
export interface DailyFiguresSpec {
  /** The first and last day; by default the 90 days through 2026-03-07. */
  readonly from?: Day;
  readonly through?: Day;
  readonly currency?: string;
  /** The last day by default. */
  readonly completeThrough?: Day | null;
  /** The sum of the cost centers by default, else of the services, else of the charge types, else 10 a day. */
  readonly total?: SpecNumbers;
  /** By default one named `Web`, with the total. `kind` is `named`, or `uncategorized` for `Uncategorized`. */
  readonly costCenters?: readonly (Spec<DailyCostCenter, "kind"> & Partial<Pick<DailyCostCenter, "kind">>)[];
  /** By default `Amazon Elastic Compute Cloud - Compute`, with the total. */
  readonly services?: readonly Spec<DailyService, never>[];
  /** By default `Usage`, with the total. `kind` is of the name. */
  readonly chargeTypes?: readonly (Spec<DailyChargeType, "kind"> & Partial<Pick<DailyChargeType, "kind">>)[];
  /** None by default. */
  readonly workloads?: readonly (Spec<DailyWorkload, "kind"> & Partial<Pick<DailyWorkload, "kind">>)[];
  /** None by default. Without a unit the quantities are `null`. */
  readonly usageTypes?: readonly (Spec<DailyUsageType, "category" | "unit"> &
    Partial<Pick<DailyUsageType, "category" | "unit">> & { readonly quantities?: SpecNumbers })[];
  /** By default the months that begin among the days. */
  readonly history?: readonly DailyMonth[];
}

/** Daily figures as the reader of the dataset gives them: sorted, and each list of sums complete unless a test says otherwise. */
export function aDailyFigures(spec: DailyFiguresSpec = {}): DailyFigures {
  const through = spec.through ?? "2026-03-07";
  const days = daysBetween(spec.from ?? addDays(through, -89), through);
  const currency = spec.currency ?? "USD";
  const filled = (numbers: SpecNumbers): DailyNumbers => days.map((day, at) => numberOf(numbers, day, at));
  const summed = (series: readonly { readonly costs: SpecNumbers }[]): DailyNumbers =>
    sumByDay(
      series.map(({ costs }) => filled(costs)),
      days.length,
      currency,
    );
  const parts = spec.costCenters ?? spec.services ?? spec.chargeTypes;
  const total = spec.total === undefined && parts !== undefined ? summed(parts) : filled(spec.total ?? 10);
  const sorted = <Series extends { readonly costs: SpecNumbers }>(
    series: readonly Series[],
    nameOf: (one: Series) => string,
  ) =>
    series
      .map((one) => ({ ...one, costs: filled(one.costs), name: nameOf(one) }))
      .sort((a, b) => costOf(b.costs) - costOf(a.costs) || (a.name < b.name ? -1 : 1));
  const chargeTypes = sorted(spec.chargeTypes ?? [{ name: "Usage", costs: total }], ({ name }) => name).map(
    (one) => ({ kind: chargeKindOf(one.name), ...one }),
  );
  const usage = sumByDay(
    chargeTypes.filter(({ kind }) => kind === "usage").map(({ costs }) => costs),
    days.length,
    currency,
  );
  return {
    currency,
    metric: "UnblendedCost",
    source: {
      kind: "Cost Explorer",
      provider: "AWS",
      metric: "UnblendedCost",
      tagKey: "App",
      costCategory: "CostCenter",
      billingView: null,
      accounts: null,
    },
    runId: `${addDays(through, 1).replaceAll("-", "")}T060000Z-00000000000000000000000000000001`,
    publishedAt: `${addDays(through, 1)}T06:00:00Z`,
    completeThrough: spec.completeThrough === undefined ? through : spec.completeThrough,
    days,
    total,
    costCenters: sorted(spec.costCenters ?? [{ name: "Web", costs: total }], ({ name }) => name).map(
      (one) => ({ kind: one.name === "Uncategorized" ? "uncategorized" : "named", ...one }),
    ),
    services: sorted(
      spec.services ?? [{ name: "Amazon Elastic Compute Cloud - Compute", costs: total }],
      ({ name }) => name,
    ),
    chargeTypes,
    workloads: sorted(spec.workloads ?? [], ({ name }) => name).map((one) => ({
      kind: one.name === "Untagged" ? "untagged" : "named",
      ...one,
    })),
    usageTypes: sorted(spec.usageTypes ?? [], ({ usageType }) => usageType).map(
      ({ name: _, quantities = 0, unit = null, category = "Other", ...one }) => ({
        ...one,
        category,
        unit,
        quantities: unit === null ? days.map(() => null) : filled(quantities),
      }),
    ),
    history: spec.history ?? monthsOf(days, total, usage, through),
  };
}

const numberOf = (numbers: SpecNumbers, day: Day, at: number): number | null => {
  if (typeof numbers === "number") return numbers;
  return typeof numbers === "function" ? numbers(day, at) : (numbers[at] ?? null);
};

const costOf = (costs: DailyNumbers) => costs.reduce<number>((all, cost) => all + (cost ?? 0), 0);

/** Exact sums of a day; `null` where one of them is not known. */
function sumByDay(series: readonly DailyNumbers[], days: number, currency: string): DailyNumbers {
  return Array.from({ length: days }, (_, at) => {
    const costs = series.map((one) => one[at] ?? null);
    const known = costs.filter((cost) => cost !== null);
    if (known.length < costs.length) return null;
    return moneyNumber(
      sum(
        known.map((cost) => moneyFromNumber(cost, currency)),
        currency,
      ),
    );
  });
}

function daysBetween(from: Day, through: Day): readonly Day[] {
  const days: Day[] = [];
  for (let day = from; day <= through; day = addDays(day, 1)) days.push(day);
  return days;
}

function monthsOf(
  days: readonly Day[],
  total: DailyNumbers,
  usage: DailyNumbers,
  through: Day,
): readonly DailyMonth[] {
  return [...new Set(days.map(monthOf))].flatMap((month) => {
    const start = days.indexOf(firstDay(month));
    if (start < 0) return [];
    const end = start + daysInMonth(month);
    return [
      {
        month,
        isRunning: monthOf(addDays(through, 1)) === month,
        total: total.slice(start, end),
        usage: usage.slice(start, end),
      },
    ];
  });
}
