import { addDays, type Day, type Instant, type Month, monthOf } from "@dapanoskop/core/calendar";
import { DAILY_DAYS, LISTED_SERIES } from "@dapanoskop/core/daily";
import { daysOf } from "@dapanoskop/core/ledger";
import { moneyFromNumber, moneyNumber } from "@dapanoskop/core/money";
import { type Daily, type DailyMonthDocument, dailySchema } from "../documents/daily.ts";
import { parseDocument } from "../documents/parse.ts";
import { SCHEMA } from "../documents/schema-parts.ts";
import type { PublishedSource } from "../documents/source.ts";
import type { Summary } from "../documents/summary.ts";
import { DAILY_FILE } from "../keys/file-kinds.ts";
import { costCenterOfLabel, workloadOfLabel } from "../labels.ts";
import { type DayColumns, numberAt, type ServiceColumns, textAt } from "../parquet/columns.ts";
import { byTotal, DaySeries, seriesOf } from "./day-series.ts";

/** What `daily.json` is rendered from: nothing else than the published files of its months. */
export interface DailyContext {
  readonly runId: string;
  readonly at: Instant;
  readonly currency: string;
  readonly source: PublishedSource;
  /** Every published month that has days of this metric, oldest first. */
  readonly months: readonly DailyMonthDocument[];
}

/** A month's published files about its days. */
export interface MonthDaysFiles {
  readonly summary: Summary;
  readonly places: DayColumns;
  readonly services: ServiceColumns;
}

/** A month's entry in `daily.json`; `null` for a month without days, or of another metric. */
export function dailyMonth(
  { period, run_id, is_mtd, days, currency, metric }: Summary,
  source: Pick<PublishedSource, "metric">,
): DailyMonthDocument | null {
  if (days === null || days === undefined || metric !== source.metric) return null;
  const usage = days.charge_types.filter(({ kind }) => kind === "usage");
  const sumAt = (at: number) =>
    usage.reduce((all, { cost_usd }) => all + moneyFromNumber(cost_usd[at] ?? 0, currency).units, 0n);
  return {
    period,
    run_id,
    is_mtd,
    total_cost_usd: days.total_cost_usd,
    usage_cost_usd: days.total_cost_usd.map((_, at) => moneyNumber({ units: sumAt(at), currency })),
  };
}

/** The newest days of the published months, at most `DAILY_DAYS`: from the oldest month that has any. */
function dailyWindow(months: readonly DailyMonthDocument[]): readonly Day[] {
  const [oldest, newest] = [months[0], months.at(-1)];
  if (oldest === undefined || newest === undefined) return [];
  const first: Day = `${oldest.period}-01`;
  const end = addDays(`${newest.period}-01`, newest.total_cost_usd.length);
  const limit = addDays(end, -DAILY_DAYS);
  return daysOf({ start: limit > first ? limit : first, end });
}

/**
 * `daily.json` of exactly these months. The same files always give the same bytes. Days that a month was collected too early
 * for are unknown once a later month has complete days: they would pass for complete ones.
 * @param filesOf the files of a month that some of the days lie in; `null` where they cannot be read: its days are unknown
 */
export async function renderDaily(
  context: DailyContext,
  filesOf: (month: Month) => Promise<MonthDaysFiles | null>,
): Promise<Uint8Array> {
  const { currency, months, source } = context;
  const days = dailyWindow(months);
  const sums = new DailySums(days, currency);
  let completeThrough: Day | null = null;
  for (const { period } of months.toReversed()) {
    if (!days.some((day) => monthOf(day) === period)) continue;
    const files = await filesOf(period);
    if (files === null) continue;
    const through = deliveredThrough(files.summary);
    const isPassed = completeThrough !== null;
    sums.add(files, (day) => !isPassed || (through !== null && day <= through));
    completeThrough ??= through;
  }
  const daily: Daily = {
    schema: SCHEMA,
    run_id: context.runId,
    published_at: context.at,
    currency,
    metric: source.metric,
    source,
    complete_through: completeThrough,
    days: [...days],
    ...sums.lists(),
    months: [...months],
  };
  // In one line: an amount a line would double the size.
  const body = new TextEncoder().encode(`${JSON.stringify(daily)}\n`);
  parseDocument(dailySchema, DAILY_FILE, body);
  return body;
}

const deliveredThrough = ({ delivered_through, days }: Summary): Day | null =>
  delivered_through === undefined ? (days ? addDays(days.end, -1) : null) : delivered_through;

/** The sums of the days of several months. Amounts are added as exact units. */
class DailySums {
  readonly #days: readonly Day[];
  readonly #currency: string;
  readonly #at: ReadonlyMap<Day, number>;
  readonly #known: boolean[];
  readonly #total: DaySeries;
  readonly #costCenters = new Map<string, DaySeries>();
  readonly #services = new Map<string, DaySeries>();
  readonly #chargeTypes = new Map<string, DaySeries>();
  readonly #workloads = new Map<string, DaySeries>();
  readonly #usageTypes = new Map<string, DaySeries>();
  readonly #kinds = new Map<string, NonNullable<Summary["days"]>["charge_types"][number]["kind"]>();
  readonly #categories = new Map<string, string>();

  constructor(days: readonly Day[], currency: string) {
    this.#days = days;
    this.#currency = currency;
    this.#at = new Map(days.map((day, at) => [day, at]));
    this.#known = days.map(() => false);
    this.#total = new DaySeries(days.length);
  }

  /** Adds an older month than those before it. */
  add({ summary, places, services }: MonthDaysFiles, isKnown: (day: Day) => boolean): void {
    this.#addSummary(summary, isKnown);
    this.#addPlaces(places);
    this.#addServices(services);
  }

  lists() {
    const costs = (series: DaySeries) => series.costs(this.#known, this.#currency);
    const listed = (all: ReadonlyMap<string, DaySeries>, most = all.size) => byTotal(all).slice(0, most);
    return {
      total_cost_usd: costs(this.#total),
      cost_centers: listed(this.#costCenters).map(([name, series]) => ({
        name,
        kind: costCenterOfLabel(name) === null ? ("uncategorized" as const) : ("named" as const),
        cost_usd: costs(series),
      })),
      services: listed(this.#services).map(([name, series]) => ({ name, cost_usd: costs(series) })),
      charge_types: listed(this.#chargeTypes).map(([name, series]) => ({
        name,
        kind: this.#kinds.get(name) ?? "usage",
        cost_usd: costs(series),
      })),
      workloads: listed(this.#workloads, LISTED_SERIES).map(([key, series]) => {
        const [center = "", name = ""] = namesIn(key);
        const kind = workloadOfLabel(name) === null ? ("untagged" as const) : ("named" as const);
        return { cost_center: center, name, kind, cost_usd: costs(series) };
      }),
      usage_types: listed(this.#usageTypes, LISTED_SERIES).map(([key, series]) => {
        const [service = "", usageType = ""] = namesIn(key);
        return {
          service,
          usage_type: usageType,
          category: this.#categories.get(key) ?? "Other",
          unit: series.unit,
          cost_usd: costs(series),
          usage_quantity: series.quantities(this.#known),
        };
      }),
    };
  }

  #addSummary({ days }: Summary, isKnown: (day: Day) => boolean): void {
    const own = days ? daysOf(days) : [];
    for (const [at, day] of own.entries()) {
      const slot = this.#at.get(day);
      if (slot === undefined) continue;
      this.#known[slot] = isKnown(day);
      this.#total.add(slot, this.#units(days?.total_cost_usd[at] ?? 0));
      for (const { name, kind, cost_usd } of days?.charge_types ?? []) {
        if (!this.#kinds.has(name)) this.#kinds.set(name, kind);
        this.#series(this.#chargeTypes, name).add(slot, this.#units(cost_usd[at] ?? 0));
      }
    }
  }

  #addPlaces({ rows, data }: DayColumns): void {
    for (let row = 0; row < rows; row += 1) {
      const slot = this.#at.get(textAt(data.date, row));
      if (slot === undefined) continue;
      const [center, workload] = [textAt(data.cost_center, row), textAt(data.workload, row)];
      const units = this.#units(numberAt(data.cost_usd, row) ?? 0);
      this.#series(this.#costCenters, center).add(slot, units);
      this.#series(this.#workloads, keyOf(center, workload)).add(slot, units);
    }
  }

  #addServices({ rows, data }: ServiceColumns): void {
    for (let row = 0; row < rows; row += 1) {
      const slot = this.#at.get(textAt(data.date, row));
      if (slot === undefined) continue;
      const [service, usageType] = [textAt(data.service, row), textAt(data.usage_type, row)];
      const units = this.#units(numberAt(data.cost_usd, row) ?? 0);
      const key = keyOf(service, usageType);
      const series = this.#series(this.#usageTypes, key);
      this.#series(this.#services, service).add(slot, units);
      series.add(slot, units);
      series.addQuantity(slot, numberAt(data.usage_quantity, row), textAt(data.unit, row));
      if (!this.#categories.has(key)) this.#categories.set(key, textAt(data.category, row));
    }
  }

  #series(all: Map<string, DaySeries>, key: string): DaySeries {
    return seriesOf(all, key, this.#days.length);
  }

  #units(value: number): bigint {
    return moneyFromNumber(value, this.#currency).units;
  }
}

// JSON separates the parts of a key whatever they contain.
const keyOf = (...names: readonly string[]) => JSON.stringify(names);
const namesIn = (key: string): readonly string[] => JSON.parse(key);
