import { addDays, dayOfInstant, type Month } from "@dapanoskop/core/calendar";
import type { Money } from "@dapanoskop/core/money";
import { counted } from "@dapanoskop/core/text";
import type { Summary } from "../documents/summary.ts";
import {
  DAY_FILE,
  PRIOR_PERIOD_TO_DATE_FILE,
  SERVICE_FILE,
  USAGE_TYPE_FILE,
  WORKLOAD_FILE,
} from "../keys/file-kinds.ts";
import {
  type DayColumns,
  dayColumns,
  numberAt,
  type ServiceColumns,
  serviceColumns,
  textAt,
  type UsageTypeColumns,
  usageTypeColumns,
  type WorkloadColumns,
  workloadColumns,
} from "../parquet/columns.ts";
import type { ParquetCodec } from "../parquet/parquet-codec.ts";
import type { Findings, Sum } from "./findings.ts";
import { amountSum, nothing, plus } from "./sums.ts";
import { residualsOf } from "./verify-summary.ts";

const categories: ReadonlySet<string> = new Set(["Storage", "Compute", "Support", "Other"]);

/** A month's parquet files as they were read. */
export interface Tables {
  readonly workloads: WorkloadColumns;
  readonly usageTypes: UsageTypeColumns;
  /** `null`: the month was published before there was such a file. So are the others. */
  readonly priorPeriodToDate: UsageTypeColumns | null;
  readonly places: DayColumns | null;
  readonly services: ServiceColumns | null;
}

/** @throws ArtifactError where the bytes are no such parquet file */
export const readTables = (
  parquet: ParquetCodec,
  key: (file: string) => string,
  bytes: {
    readonly workloads: Uint8Array;
    readonly usageTypes: Uint8Array;
    readonly priorPeriodToDate: Uint8Array | undefined;
    readonly places: Uint8Array | undefined;
    readonly services: Uint8Array | undefined;
  },
): Tables => ({
  places: bytes.places === undefined ? null : parquet.decode(dayColumns, key(DAY_FILE), bytes.places),
  services:
    bytes.services === undefined ? null : parquet.decode(serviceColumns, key(SERVICE_FILE), bytes.services),
  workloads: parquet.decode(workloadColumns, key(WORKLOAD_FILE), bytes.workloads),
  usageTypes: parquet.decode(usageTypeColumns, key(USAGE_TYPE_FILE), bytes.usageTypes),
  priorPeriodToDate:
    bytes.priorPeriodToDate === undefined
      ? null
      : parquet.decode(usageTypeColumns, key(PRIOR_PERIOD_TO_DATE_FILE), bytes.priorPeriodToDate),
});

/**
 * Checks a month's tables against its summary: the same rows, the same sums, for each of the three periods and for the
 * prior period to date.
 */
export function verifyTables(summary: Summary, tables: Tables, found: Findings): void {
  const { periods, totals } = summary;
  const { workloads, usageTypes, priorPeriodToDate } = tables;
  verifyRows(summary, WORKLOAD_FILE, workloads.rows, found);
  const totalOf = new Map<Month, number | null>([
    [periods.current, totals.current_cost_usd],
    [periods.prev_month, totals.prev_month_cost_usd],
    [periods.yoy, totals.yoy_cost_usd],
  ]);
  const places = verifyPlaces(summary, workloads, totalOf, found);
  verifyUsage(
    summary,
    { file: USAGE_TYPE_FILE, table: usageTypes, totalOf, places, suffixOf: () => "" },
    found,
  );
  if (priorPeriodToDate === null) return;
  // The complete days have rows of their own only where they are not all of the days so far.
  const hasCompleteDays = lacksDays(summary);
  verifyUsage(
    summary,
    {
      file: PRIOR_PERIOD_TO_DATE_FILE,
      table: priorPeriodToDate,
      // `null` for a closed month, or where the period is unknown: then any row is a fault.
      totalOf: new Map([
        [periods.prev_month, totals.prior_partial_cost_usd ?? null],
        [periods.current, hasCompleteDays ? (totals.complete_days_cost_usd ?? null) : null],
      ]),
      places: partPlaces(summary, hasCompleteDays),
      suffixOf: (of) => (of === periods.current ? "_complete_days" : "_prior_partial"),
    },
    found,
  );
}

/** Whether the last days before the collection are not complete. */
const lacksDays = ({ is_mtd, delivered_through: day, collected_at }: Summary): boolean =>
  is_mtd && day != null && addDays(day, 1) < dayOfInstant(collected_at);

/** A table of usage types, and the sums that the summary gives for it. */
interface ExpectedUsage {
  readonly file: string;
  readonly table: UsageTypeColumns;
  readonly totalOf: ReadonlyMap<Month, number | null>;
  /** By `workloadKey`. */
  readonly places: ReadonlyMap<string, Sum>;
  /** The suffix of the names of a period's residuals. */
  readonly suffixOf: (period: Month) => string;
}

function verifyUsage(summary: Summary, expected: ExpectedUsage, found: Findings): void {
  const { file, table, totalOf, places, suffixOf } = expected;
  verifyRows(summary, file, table.rows, found);
  const { byPeriod, byWorkload } = usageSums(summary, expected, found);
  for (const [of, total] of totalOf) {
    if (total === null) continue;
    found.equal(
      `${summary.period}: ${file}'s costs of ${of}`,
      byPeriod.get(of) ?? nothing,
      amountSum(total),
      [between(summary, `usage_types${suffixOf(of)}`, `cost_centers${suffixOf(of)}`, of)],
    );
  }
  verifyWorkloadsMeet(summary, file, places, byWorkload, found);
}

/** How far two views of the same days may differ: each may differ from the source's own total by its own residual. */
function between(summary: Summary, view: string, other: string, of: Month): Money {
  const off = (name: string) => residualsOf(summary, name, of).reduce((all, { units }) => all + units, 0n);
  return { units: off(view) - off(other), currency: summary.currency };
}

/** What each workload cost in the same days of the month before, and in the complete days, over all cost centers. */
function partPlaces({ periods, cost_centers }: Summary, hasCompleteDays: boolean): ReadonlyMap<string, Sum> {
  const places = new Map<string, Sum>();
  for (const workload of cost_centers.flatMap((center) => center.workloads)) {
    const costs = [
      [periods.prev_month, workload.prior_partial_cost_usd],
      [periods.current, hasCompleteDays ? workload.complete_days_cost_usd : null],
    ] as const;
    for (const [period, cost] of costs) {
      if (cost) add(places, workloadKey(asParquet(workload.name), period), amountSum(cost));
    }
  }
  return places;
}

/** Checks the rows of a file against the number that the summary gives. */
export function verifyRows({ period, files }: Summary, file: string, rows: number, found: Findings): void {
  const named = files[file]?.rows;
  if (named !== rows)
    found.fault(
      `${period}: ${file} has ${counted(rows, "row")}, and its summary says ${named ?? "nothing"}.`,
    );
}

/** Every row of the workload table is a row of the summary with the same number, and the reverse. */
function verifyPlaces(
  summary: Summary,
  table: WorkloadColumns,
  totalOf: ReadonlyMap<Month, number | null>,
  found: Findings,
): ReadonlyMap<string, Sum> {
  const { period, periods, cost_centers: centers } = summary;
  const published = new Map<string, number[]>();
  for (const center of centers) {
    for (const workload of center.workloads) {
      const costs = [
        [periods.current, workload.current_cost_usd],
        [periods.prev_month, workload.prev_month_cost_usd],
        [periods.yoy, workload.yoy_cost_usd],
      ] as const;
      for (const [of, cost] of costs) {
        if (cost === null || cost === 0) continue;
        const key = placeKey(center.name, workload.name, of);
        published.set(key, [...(published.get(key) ?? []), cost]);
      }
    }
  }
  const byWorkload = new Map<string, Sum>();
  const { cost_center, workload, period: periodColumn, cost_usd } = table.data;
  for (let row = 0; row < table.rows; row += 1) {
    const of = textAt(periodColumn, row);
    const cost = numberAt(cost_usd, row) ?? 0;
    const name = textAt(workload, row);
    if ((totalOf.get(of) ?? null) === null) {
      found.fault(
        `${period}: ${WORKLOAD_FILE} has a row of ${JSON.stringify(of)}, a period that it does not compare.`,
      );
    }
    const key = placeKey(textAt(cost_center, row), name, of);
    const own = published.get(key) ?? [];
    if (cost !== 0 && !own.includes(cost)) {
      found.fault(
        `${period}: ${WORKLOAD_FILE} has ${cost} for ${key}, and the summary ${own[0] ?? "nothing"}.`,
      );
    }
    own.splice(Math.max(0, own.indexOf(cost)), 1);
    if (own.length === 0) published.delete(key);
    add(byWorkload, workloadKey(name, of), amountSum(cost));
  }
  const [missing] = published.keys();
  if (missing !== undefined) {
    found.fault(
      `${period}: ${WORKLOAD_FILE} lacks ${counted(published.size, "row")} of the summary, ${missing} among them.`,
    );
  }
  return byWorkload;
}

function usageSums({ period }: Summary, { file, table, totalOf }: ExpectedUsage, found: Findings) {
  const byPeriod = new Map<Month, Sum>();
  const byWorkload = new Map<string, Sum>();
  const { workload, category, period: periodColumn, cost_usd } = table.data;
  for (const unknown of category.values.filter((value) => !categories.has(value))) {
    found.fault(`${period}: ${file} has the category ${JSON.stringify(unknown.slice(0, 60))}.`);
  }
  for (const of of periodColumn.values.filter((value) => (totalOf.get(value) ?? null) === null)) {
    found.fault(
      `${period}: ${file} has rows of ${JSON.stringify(of.slice(0, 20))}, a period that it does not compare.`,
    );
  }
  for (let row = 0; row < table.rows; row += 1) {
    const of = textAt(periodColumn, row);
    const cost = amountSum(numberAt(cost_usd, row) ?? 0);
    add(byPeriod, of, cost);
    add(byWorkload, workloadKey(textAt(workload, row), of), cost);
  }
  return { byPeriod, byWorkload };
}

/**
 * A workload costs the same by cost center and by usage type. They are two answers of the source, so they may
 * differ by the residuals of the period in the summary.
 */
function verifyWorkloadsMeet(
  summary: Summary,
  file: string,
  places: ReadonlyMap<string, Sum>,
  usage: ReadonlyMap<string, Sum>,
  found: Findings,
): void {
  const { period } = summary;
  const rounding = monthRounding(summary);
  for (const key of new Set([...places.keys(), ...usage.keys()])) {
    const { units, tolerance } = usage.get(key) ?? nothing;
    found.equal(
      `${period}: ${file}'s costs of ${key}`,
      { units, tolerance: tolerance + rounding },
      places.get(key) ?? nothing,
    );
  }
}

/** Rounding may move an amount from one row to another: the bound is that of one row, not the residual. */
export const monthRounding = ({ reconciliation, days }: Summary): bigint =>
  reconciliation.residuals.length + (days?.residuals.length ?? 0) > 0 ? 1_000_000n : 0n;

function add<Key>(sums: Map<Key, Sum>, key: Key, amount: Sum): void {
  sums.set(key, plus(sums.get(key) ?? nothing, amount));
}

// JSON separates the parts of a key whatever they contain, and a fault may quote it.
const placeKey = (center: string, workload: string, period: Month) =>
  JSON.stringify([asParquet(center), asParquet(workload), period]);
const workloadKey = (workload: string, period: Month) => JSON.stringify([workload, period]);

/** A name as parquet has it: a lone surrogate has no UTF-8 and becomes U+FFFD there, so two names may become one. */
export const asParquet = (name: string) => utf8.decode(utf16.encode(name));
const utf16 = new TextEncoder();
const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
