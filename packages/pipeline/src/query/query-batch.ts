import {
  contains,
  type Day,
  type Month,
  monthOf,
  monthWindow,
  type Window,
  windowOf,
} from "@dapanoskop/core/calendar";
import {
  type BillDays,
  type CategoryQuery,
  categoryQueries,
  deliveredEnd,
  type PeriodBill,
  type SpanBill,
  usageTypeCategories,
} from "@dapanoskop/core/ledger";
import type { Money } from "@dapanoskop/core/money";
import type { CostAnswer, CostSource } from "@dapanoskop/core/source";
import { type Batch, type BatchContext, categoryQuery, runsAt, withCompleteDays } from "../plan/index.ts";
import {
  chargeTypeCost,
  currencyOf,
  serviceUsage,
  totalOf,
  workloadCost,
  workloadUsage,
} from "./answer-rows.ts";
import { usageWithout } from "./part-usage.ts";
import { queryChargeTypes } from "./query-charge-types.ts";

/** The bills that the answers about a batch contain. */
export interface BatchBills {
  readonly bills: ReadonlyMap<Month, PeriodBill>;
  /** Only with a running month. */
  readonly running: RunningBills | null;
}

/** What only a running month has. `null` where no day is complete, or where the source has no data of these days. */
export interface RunningBills {
  readonly completeDays: SpanBill | null;
  readonly priorPeriodToDate: SpanBill | null;
  /** The whole month before, where the answers contain it. */
  readonly monthBefore: Pick<SpanBill, "period" | "total" | "workloads"> | null;
  /** The daily totals, by day: the forecast of days that are not complete follows from those that are. */
  readonly dailyTotals: ReadonlyMap<Day, Money>;
}

/**
 * Makes the queries of a batch, and one more where services of different categories share a usage type. The answer to the
 * first, the ungrouped total, shows which days are complete; the queries after it follow from that.
 * @throws CostSourceError
 */
export async function queryBatch(
  planned: Batch,
  context: BatchContext,
  source: CostSource,
): Promise<BatchBills> {
  const total = await source.query(planned.queries.total);
  const completeEnd = completeEndOf(planned, total, context);
  const batch = withCompleteDays(planned, completeEnd, context);
  const { queries, months, window, priorPeriodToDate, completeDays } = batch;
  const workloads = await source.query(queries.workloads);
  const services = await source.query(queries.services);
  const charges = queries.chargeTypes && (await queryChargeTypes(queries.chargeTypes, services, source));
  const usage = await source.query(queries.usage);
  const part = queries.partUsage === null ? null : await source.query(queries.partUsage);

  // A month and its prior period to date take their categories from the same services.
  const compared = services.rows.filter(
    ({ day }) => contains(window, day) || (priorPeriodToDate !== null && contains(priorPeriodToDate, day)),
  );
  const usageTypes = usageTypeCategories(compared.map(serviceUsage));
  const categories: { readonly query: CategoryQuery; readonly answer: CostAnswer }[] = [];
  for (const query of categoryQueries(usageTypes)) {
    categories.push({ query, answer: await source.query(categoryQuery(queries, query.filter)) });
  }

  const currency = currencyOf([total, workloads, services, usage, ...(part ? [part] : [])]);
  const usageIn = (answer: CostAnswer | null, span: Window) =>
    answer === null ? [] : within(answer, span).map(workloadUsage);
  const viewsOf = (span: Window) => ({
    workloads: within(workloads, span).map(workloadCost),
    services: within(services, span).map(serviceUsage),
    chargeTypes: charges && within(charges, span).map(chargeTypeCost),
  });
  const spanOf = (span: Window, views = viewsOf(span)): Omit<SpanBill, "usage" | "usageCells"> => ({
    period: monthOf(span.start),
    window: span,
    total: totalOf(within(total, span), currency),
    totalCells: within(total, span).length,
    ...views,
    usageTypes,
    categories: categories.map(({ query, answer }) => ({ query, rows: usageIn(answer, span) })),
    days: null,
  });
  const daysOfBill = (
    span: Window,
    { chargeTypes, ...views }: ReturnType<typeof viewsOf>,
  ): BillDays | null =>
    batch.hasDays && chargeTypes !== null
      ? { totals: new Map(within(total, span).map(({ day, cost }) => [day, cost])), chargeTypes, ...views }
      : null;
  const billOf = (month: Month): PeriodBill => {
    const span = windowOf(month, context.at);
    const views = viewsOf(span);
    const own = usageIn(usage, span);
    const complete = { start: span.start, end: earlier(span.end, later(completeEnd, span.start)) };
    return {
      ...spanOf(span, views),
      days: daysOfBill(span, views),
      usage: own,
      usageCells: own.length,
      estimated: total.estimated.some((day) => contains(span, day)),
      completeDays: {
        window: complete,
        // Only a running month's volumes are scaled to its complete days.
        services:
          complete.end === span.end || !runsAt(month, context.at)
            ? null
            : within(services, complete).map(serviceUsage),
      },
    };
  };
  const priorBill = (span: Window): SpanBill => {
    const month = monthWindow(monthOf(span.start));
    const [whole, rest] = [usageIn(usage, month), usageIn(part, { start: span.end, end: month.end })];
    return { ...spanOf(span), usage: usageWithout(whole, rest), usageCells: whole.length + rest.length };
  };
  const completeBill = (span: Window): SpanBill => {
    const own = usageIn(part ?? usage, span);
    return { ...spanOf(span), usage: own, usageCells: own.length };
  };
  const running = (): RunningBills => {
    const before = priorPeriodToDate && monthWindow(monthOf(priorPeriodToDate.start));
    return {
      completeDays: completeDays && completeBill(completeDays),
      priorPeriodToDate: priorPeriodToDate && priorBill(priorPeriodToDate),
      monthBefore: before && spanOf(before),
      dailyTotals: new Map(total.rows.map(({ day, cost }) => [day, cost])),
    };
  };
  return {
    bills: new Map(months.map((month) => [month, billOf(month)])),
    running: planned.isRunning ? running() : null,
  };
}

/** The first day of a batch that is not complete, or the end of its window. */
function completeEndOf(
  { window, isRunning, queries, mayLackDays }: Batch,
  total: CostAnswer,
  { dataEnd }: BatchContext,
): Day {
  if (!mayLackDays) return window.end;
  const totals = new Map(total.rows.map(({ day, cost }) => [day, cost]));
  const days = { start: queries.total.window.start, end: window.end };
  return deliveredEnd({ totals, window: days, dataEnd, isClosed: !isRunning });
}

const earlier = (a: Day, b: Day): Day => (a < b ? a : b);
const later = (a: Day, b: Day): Day => (a > b ? a : b);

const within = (answer: CostAnswer, window: Window) => answer.rows.filter(({ day }) => contains(window, day));
