import {
  contains,
  type Instant,
  type Month,
  monthOf,
  remainingWindow,
  type Window,
  windowOf,
} from "@dapanoskop/core/calendar";
import {
  type CategoryQuery,
  categoryQueries,
  type MonthForecast,
  type PeriodBill,
  type PeriodLedger,
  type PriorPeriodToDateLedger,
  priorPeriodToDateOf,
  type ServiceUsage,
  type SpanBill,
  storageOf,
  usageTypeCategories,
  type WorkloadCost,
  type WorkloadUsage,
} from "@dapanoskop/core/ledger";
import { add, type Money, zero } from "@dapanoskop/core/money";
import {
  type CostAnswer,
  type CostFilter,
  type CostRow,
  type CostSource,
  CostSourceError,
  type Dimension,
  type Granularity,
  type Grouping,
} from "@dapanoskop/core/source";
import { type Batch, dailyWindow } from "./batch.ts";
import type { ResolvedConfig } from "./config.ts";

/** What a batch's answers say of each of its months. */
export interface BatchBills {
  readonly bills: ReadonlyMap<Month, PeriodBill>;
  readonly like: SpanBill | null;
}

/** What a collection tells charges apart by, besides the workload's tag and the cost category: nothing else need be loaded. */
export const queriedDimensions: readonly Dimension[] = ["service", "usageType", "chargeType"];

/**
 * Asks everything about the months of a batch: one query each for the total, the workloads by cost center, the
 * services by usage type, the charge types (of published months) and the workloads by usage type, the last also about
 * the like-for-like span of a running month; hardly ever one more that tells categories apart. The total comes first, so
 * a month that the source refuses costs one request.
 */
export async function askBatch(
  source: CostSource,
  config: ResolvedConfig,
  batch: Batch,
  at: Instant,
): Promise<BatchBills> {
  const ask = (granularity: Granularity, window: Window, groupBy: readonly Grouping[], filter?: CostFilter) =>
    source.query({ window, granularity, metric: config.metric, groupBy, ...(filter && { filter }) });
  const tag: Grouping = { by: "tag", key: config.tagKey };
  const category: readonly Grouping[] =
    config.costCategory === null ? [] : [{ by: "costCategory", name: config.costCategory }];
  const byUsageType: readonly Grouping[] = [tag, { by: "usageType" }];
  const { window: months, like } = batch;
  const granularity = like === null ? "MONTHLY" : "DAILY";
  const daily = dailyWindow(batch);

  const totals = await ask(granularity, daily, []);
  const workloads = await ask(granularity, daily, [tag, ...category]);
  const services = await ask(granularity, daily, [{ by: "service" }, { by: "usageType" }]);
  const charges =
    batch.role === "published"
      ? await ask(granularity, months, [{ by: "service" }, { by: "chargeType" }])
      : null;
  const usage = await ask("MONTHLY", months, byUsageType);
  // A month's answer is no part of it: the span has to be asked for by itself.
  const likeUsage = like === null ? null : await ask("MONTHLY", like, byUsageType);

  // Both sides of a comparison take their categories from the same services.
  const told = services.rows.filter(
    ({ day }) => contains(months, day) || (like !== null && contains(like, day)),
  );
  const types = usageTypeCategories(told.map(serviceUsage));
  const categories: { query: CategoryQuery; answer: CostAnswer }[] = [];
  for (const query of categoryQueries(types)) {
    // In days it serves the like-for-like span as well.
    categories.push({ query, answer: await ask(granularity, daily, byUsageType, query.filter) });
  }

  const currency = currencyOf([totals, workloads, services, usage, ...(likeUsage ? [likeUsage] : [])]);
  const spanOf = (window: Window, used: CostAnswer): SpanBill => ({
    period: monthOf(window.start),
    window,
    total: totalOf(within(totals, window), currency),
    workloads: within(workloads, window).map(workloadCost),
    services: within(services, window).map(serviceUsage),
    usage: within(used, window).map(workloadUsage),
    usageTypes: types,
    categories: categories.map(({ query, answer }) => ({
      query,
      rows: within(answer, window).map(workloadUsage),
    })),
    chargeTypes: null,
  });
  const billOf = (month: Month): PeriodBill => {
    const window = windowOf(month, at);
    return {
      ...spanOf(window, usage),
      estimated: totals.estimated.some((day) => contains(window, day)),
      chargeTypes: charges === null ? null : within(charges, window).map(chargeTypeCost),
    };
  };
  return {
    bills: new Map(batch.months.map((month) => [month, billOf(month)])),
    like: like && likeUsage && spanOf(like, likeUsage),
  };
}

/** The like-for-like span of a running month, computed. */
export function priorPeriodToDateLedger(bill: SpanBill, config: ResolvedConfig): PriorPeriodToDateLedger {
  const { window, total, services } = bill;
  const storage = storageOf(services, monthOf(window.start), window, total.currency, config);
  return priorPeriodToDateOf(bill, config.splitCharges, storage.cost);
}

/** The forecast of a running month. */
export interface ForecastResult {
  /** `null`: the source has too little data for one, or did not give one. */
  readonly forecast: MonthForecast | null;
  /** Why the source did not give a forecast and what to do, as sentences; `null` when nothing failed. */
  readonly warning: string | null;
}

/**
 * Where the running month will end: its cost so far and the source's forecast of the days that remain. A forecast is an
 * addition: a source that refuses it or fails at it costs the month its forecast and nothing else.
 * @throws whatever is not a CostSourceError
 */
export async function forecastOf(
  source: CostSource,
  { metric }: ResolvedConfig,
  current: PeriodLedger,
  at: Instant,
): Promise<ForecastResult> {
  const window = remainingWindow(at);
  try {
    const remaining = await source.forecast({ window, metric });
    if (remaining === null) return { forecast: null, warning: null };
    if (remaining.currency !== current.currency) {
      throw new CostSourceError(
        "currency",
        window,
        `The forecast is in ${remaining.currency}, the bill in ${current.currency}. One deployment reads one currency.`,
      );
    }
    return { forecast: { total: add(current.total, remaining), remaining, ...window }, warning: null };
  } catch (error) {
    if (!(error instanceof CostSourceError)) throw error;
    return withoutForecast(current.period, error);
  }
}

/** A month that is collected without its forecast because of an error. */
export function withoutForecast(period: Month, { message }: CostSourceError): ForecastResult {
  return { forecast: null, warning: `${period} is collected without a forecast. ${message}` };
}

const within = (answer: CostAnswer, window: Window) => answer.rows.filter(({ day }) => contains(window, day));

function totalOf(rows: readonly CostRow[], currency: string): Money {
  return rows.reduce((total, { cost }) => add(total, cost), zero(currency));
}

/** The one currency of a batch; a bill without any amount is in US dollars, as AWS's own empty answers are. */
function currencyOf(answers: readonly CostAnswer[]): string {
  const currencies = new Set(answers.flatMap(({ rows }) => rows.map(({ cost }) => cost.currency)));
  if (currencies.size > 1) {
    throw new CostSourceError(
      "currency",
      null,
      `The bill mixes ${[...currencies].sort().join(" and ")}. One deployment reads one currency: collect the accounts apart.`,
    );
  }
  return [...currencies][0] ?? "USD";
}

function workloadCost({ keys: [workload = null, costCenter = null], cost }: CostRow): WorkloadCost {
  return { workload, costCenter, cost };
}

function serviceUsage({ keys: [service, usageType], cost, quantity }: CostRow): ServiceUsage {
  return { service: service ?? "", usageType: usageType ?? "", cost, quantity };
}

function workloadUsage({ keys: [workload = null, usageType], cost, quantity }: CostRow): WorkloadUsage {
  return { workload, usageType: usageType ?? "", cost, quantity };
}

function chargeTypeCost({ keys: [service, chargeType], cost }: CostRow) {
  return { service: service ?? "", chargeType: chargeType ?? "", cost };
}
