import { addDays, type Day, type Window } from "../calendar/index.ts";
import type { Money } from "../money/index.ts";
import { type Allocation, allocationOf, type WorkloadCost } from "./allocation.ts";
import type { ChargeTypeCost } from "./charge-types.ts";
import { reconcile, type View } from "./reconcile.ts";
import { splitDays } from "./split.ts";
import type { ServiceUsage } from "./usage-costs.ts";

/** What makes a row of a period a row of one of its days. */
export interface OfDay {
  readonly day: Day;
}

/** What the source answered about each day of a period. */
export interface BillDays {
  /** The source's own ungrouped total of each day; a day that is absent was answered without one. */
  readonly totals: ReadonlyMap<Day, Money>;
  readonly workloads: readonly (WorkloadCost & OfDay)[];
  readonly services: readonly (ServiceUsage & OfDay)[];
  readonly chargeTypes: readonly (ChargeTypeCost & OfDay)[];
}

/** A difference between two answers about one day that is small enough to be AWS's rounding, published by name. */
export interface DayResidual extends OfDay {
  readonly view: string;
  readonly difference: bigint;
}

/** The days of a period, proven against the source's total of each. In every view they sum to the period. */
export interface PeriodDays {
  /** All of them, those without charges among them. */
  readonly days: readonly Day[];
  /** After split charges. A place may have several rows of a day. */
  readonly workloads: readonly (WorkloadCost & OfDay)[];
  readonly services: readonly (ServiceUsage & OfDay)[];
  readonly chargeTypes: readonly (ChargeTypeCost & OfDay)[];
  readonly residuals: readonly DayResidual[];
}

/** The days of a window, oldest first. */
export function daysOf({ start, end }: Window): readonly Day[] {
  const days: Day[] = [];
  for (let day = start; day < end; day = addDays(day, 1)) days.push(day);
  return days;
}

/**
 * Proves that every view of every day sums to the source's total of the day.
 * @returns the residuals that are left, as `reconcile` allows them
 * @throws ReconciliationError when the answers about a day contradict each other
 */
export function dayResiduals(
  { totals, workloads, services, chargeTypes }: BillDays,
  window: Window,
  currency: string,
): readonly DayResidual[] {
  const views = [
    ["cost_centers", sumsByDay(workloads)],
    ["services", sumsByDay(services)],
    ["charge_types", sumsByDay(chargeTypes)],
  ] as const;
  return daysOf(window).flatMap((day) => {
    const own = totals.get(day);
    const total = { units: own?.units ?? 0n, currency, cells: own === undefined ? 0 : 1 };
    const ofDay = views.map(([view, sums]): View => ({ view, ...(sums.get(day) ?? NOTHING) }));
    return reconcile(day, total, ofDay).map(({ view, difference }) => ({ view, day, difference }));
  });
}

/** The days of a period after split charges; `null` where the source was asked for months only. */
export function periodDays(
  days: BillDays | null,
  { window, residuals }: { readonly window: Window; readonly residuals: readonly DayResidual[] },
  direct: Allocation,
  rules: Parameters<typeof splitDays>[2],
): PeriodDays | null {
  if (days === null) return null;
  const { workloads, services, chargeTypes } = days;
  return {
    days: daysOf(window),
    workloads: splitDays(workloads, direct, rules),
    services,
    chargeTypes,
    residuals,
  };
}

/** The places of each day, by day: the rows of a place together. */
export function allocationsByDay({
  days,
  workloads,
}: Pick<PeriodDays, "days" | "workloads">): ReadonlyMap<Day, Allocation> {
  const rows = new Map<Day, WorkloadCost[]>(days.map((day) => [day, []]));
  for (const row of workloads) rows.get(row.day)?.push(row);
  return new Map([...rows].map(([day, own]) => [day, allocationOf(own)]));
}

const NOTHING = { sum: 0n, cells: 0 };

function sumsByDay(rows: readonly (OfDay & { readonly cost: Money })[]) {
  const sums = new Map<Day, { sum: bigint; cells: number }>();
  for (const { day, cost } of rows) {
    const own = sums.get(day) ?? { ...NOTHING };
    own.sum += cost.units;
    own.cells += 1;
    sums.set(day, own);
  }
  return sums;
}
