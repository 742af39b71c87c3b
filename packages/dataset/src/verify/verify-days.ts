import { type Day, dayOfInstant, monthWindow } from "@dapanoskop/core/calendar";
import { daysOf } from "@dapanoskop/core/ledger";
import { type Money, magnitude } from "@dapanoskop/core/money";
import type { Summary } from "../documents/summary.ts";
import { DAY_FILE, SERVICE_FILE } from "../keys/file-kinds.ts";
import {
  type DayColumns,
  type DoubleColumn,
  numberAt,
  type ServiceColumns,
  type StringColumn,
  textAt,
  type UsageTypeColumns,
} from "../parquet/columns.ts";
import type { Findings, Sum } from "./findings.ts";
import { amountSum, explained, nothing, plus, sumOf } from "./sums.ts";
import { asParquet, monthRounding, verifyRows } from "./verify-tables.ts";

/** The daily files of a month, and the usage types of the month that they must sum to. */
export interface DayTables {
  readonly places: DayColumns;
  readonly services: ServiceColumns;
  readonly usageTypes: UsageTypeColumns;
}

type SummaryDays = NonNullable<Summary["days"]>;

/** The largest difference that AWS's rounding may leave between two answers about a day: $0.005. */
const LARGEST_RESIDUAL = 5_000_000_000n;

/**
 * Checks the days of a month: in every view the parts of a day are its total, and the days of each part are the part of the
 * month. A month without days has no rows.
 */
export function verifyDays(summary: Summary, tables: DayTables, found: Findings): void {
  const { period, days } = summary;
  verifyRows(summary, DAY_FILE, tables.places.rows, found);
  verifyRows(summary, SERVICE_FILE, tables.services.rows, found);
  if (days === undefined) return;
  if (days === null) {
    if (tables.places.rows + tables.services.rows > 0)
      found.fault(`${period}: it has no days, and its daily files have rows.`);
    return;
  }
  if (!haveRightDays(summary, days, found)) return;
  verifyDayTotals(summary, days, tables, found);
  verifyPartsOverDays(summary, days, tables, found);
}

function haveRightDays(
  { period, is_mtd, collected_at }: Summary,
  { start, end, ...own }: SummaryDays,
  found: Findings,
): boolean {
  const month = monthWindow(period);
  const expected = is_mtd ? dayOfInstant(collected_at) : month.end;
  if (start !== month.start || end !== expected) {
    found.fault(`${period}: its days are ${start} to ${end}, and not ${month.start} to ${expected}.`);
    return false;
  }
  const count = daysOf({ start, end }).length;
  const lists = [own.total_cost_usd, ...own.charge_types.map(({ cost_usd }) => cost_usd)];
  if (lists.every(({ length }) => length === count)) return true;
  found.fault(`${period}: a list of its days does not have ${count} amounts.`);
  return false;
}

/** The parts of each day, in every view. Views may differ by the residuals that the summary names for the day. */
function verifyDayTotals(
  { period }: Summary,
  { residuals, charge_types, total_cost_usd, ...window }: SummaryDays,
  { places, services }: DayTables,
  found: Findings,
): void {
  const days = daysOf(window);
  const known = new Set(days);
  const placesOf = sumsBy(places.rows, places.data.date, places.data.cost_usd);
  const servicesOf = sumsBy(services.rows, services.data.date, services.data.cost_usd);
  for (const [file, sums] of [
    [DAY_FILE, placesOf],
    [SERVICE_FILE, servicesOf],
  ] as const) {
    const odd = [...sums.keys()].find((day) => !known.has(day));
    if (odd !== undefined)
      found.fault(`${period}: ${file} has rows of ${JSON.stringify(odd.slice(0, 20))}, no day of it.`);
  }
  const off = (view: string, day: Day): bigint =>
    residuals.reduce(
      (all, one) => (one.view === view && one.day === day ? all + explained(one.difference_usd).units : all),
      0n,
    );
  const between = (view: string, day: Day): Money => ({
    units: off(view, day) - off("cost_centers", day),
    currency: "",
  });
  for (const [at, day] of days.entries()) {
    const total = amountSum(total_cost_usd[at] ?? 0);
    found.equal(`${period}: ${DAY_FILE}'s costs of ${day}`, placesOf.get(day) ?? nothing, total);
    found.equal(`${period}: ${SERVICE_FILE}'s costs of ${day}`, servicesOf.get(day) ?? nothing, total, [
      between("services", day),
    ]);
    const types = sumOf(charge_types.map(({ cost_usd }) => cost_usd[at] ?? 0));
    found.equal(`${period}: the charge types' costs of ${day}`, types, total, [between("charge_types", day)]);
  }
  for (const { view, day, difference_usd } of residuals) {
    if (magnitude(explained(difference_usd).units) > LARGEST_RESIDUAL)
      found.fault(`${period}: the residual of ${view} on ${day} is more than AWS rounds.`);
  }
}

/** What each part of the month costs over its days. */
function verifyPartsOverDays(
  summary: Summary,
  { total_cost_usd, charge_types }: SummaryDays,
  { places, services, usageTypes }: DayTables,
  found: Findings,
): void {
  const { period, totals, cost_centers: centers, charge_types: ofMonth = [] } = summary;
  found.equal(`${period}: its days`, sumOf(total_cost_usd), amountSum(totals.current_cost_usd));
  const { cost_center, workload, cost_usd } = places.data;
  const byCenter = sumsBy(places.rows, cost_center, cost_usd);
  const byPlace = new Map<string, Sum>();
  for (let row = 0; row < places.rows; row += 1) {
    const key = placeKey(textAt(cost_center, row), textAt(workload, row));
    byPlace.set(key, plus(byPlace.get(key) ?? nothing, amountSum(numberAt(cost_usd, row) ?? 0)));
  }
  const centersOfMonth = new Map<string, Sum>();
  const placesOfMonth = new Map<string, Sum>();
  for (const center of centers) {
    grow(centersOfMonth, asParquet(center.name), amountSum(center.current_cost_usd));
    for (const { name, current_cost_usd } of center.workloads)
      grow(placesOfMonth, placeKey(asParquet(center.name), asParquet(name)), amountSum(current_cost_usd));
  }
  const typesOfMonth = new Map(
    ofMonth.map(({ name, current_cost_usd }) => [name, amountSum(current_cost_usd)]),
  );
  const typesOfDays = new Map(charge_types.map(({ name, cost_usd: costs }) => [name, sumOf(costs)]));
  verifyEach(`${period}: the days of the cost center`, byCenter, centersOfMonth, found);
  verifyEach(`${period}: the days of the workload`, byPlace, placesOfMonth, found);
  verifyEach(`${period}: the days of the charge type`, typesOfDays, typesOfMonth, found);
  const usage = usageTypes.data;
  verifyEach(
    `${period}: the days of the usage type`,
    sumsBy(services.rows, services.data.usage_type, services.data.cost_usd),
    sumsBy(usageTypes.rows, usage.usage_type, usage.cost_usd, (row) => textAt(usage.period, row) === period),
    found,
    monthRounding(summary),
  );
}

/** Compares two views part by part. A part that one of them lacks costs nothing there. */
function verifyEach(
  what: string,
  ofDays: ReadonlyMap<string, Sum>,
  ofMonth: ReadonlyMap<string, Sum>,
  found: Findings,
  rounding = 0n,
): void {
  for (const name of new Set([...ofDays.keys(), ...ofMonth.keys()])) {
    const { units, tolerance } = ofDays.get(name) ?? nothing;
    found.equal(
      `${what} ${JSON.stringify(name.slice(0, 120))}`,
      { units, tolerance: tolerance + rounding },
      ofMonth.get(name) ?? nothing,
    );
  }
}

function sumsBy(
  rows: number,
  keys: StringColumn,
  costs: DoubleColumn,
  isCounted: (row: number) => boolean = () => true,
): ReadonlyMap<string, Sum> {
  const sums = new Map<string, Sum>();
  for (let row = 0; row < rows; row += 1) {
    if (isCounted(row)) grow(sums, textAt(keys, row), amountSum(numberAt(costs, row) ?? 0));
  }
  return sums;
}

function grow(sums: Map<string, Sum>, key: string, amount: Sum): void {
  sums.set(key, plus(sums.get(key) ?? nothing, amount));
}

const placeKey = (center: string, workload: string) => JSON.stringify([center, workload]);
