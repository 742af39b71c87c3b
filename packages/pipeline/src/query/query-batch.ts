import { contains, type Month, monthOf, type Window, windowOf } from "@dapanoskop/core/calendar";
import {
  type CategoryQuery,
  categoryQueries,
  type PeriodBill,
  type SpanBill,
  usageTypeCategories,
} from "@dapanoskop/core/ledger";
import type { CostAnswer, CostSource } from "@dapanoskop/core/source";
import { type Batch, type BatchContext, categoryQuery } from "../plan/index.ts";
import {
  chargeTypeCost,
  currencyOf,
  serviceUsage,
  totalOf,
  workloadCost,
  workloadUsage,
} from "./answer-rows.ts";
import { queryChargeTypes } from "./query-charge-types.ts";

/** The bills that the answers about a batch contain. */
export interface BatchBills {
  readonly bills: ReadonlyMap<Month, PeriodBill>;
  readonly priorPeriodToDate: SpanBill | null;
}

/**
 * Makes the queries of a batch, and one more where services of different categories share a usage type.
 * @throws CostSourceError
 */
export async function queryBatch(
  batch: Batch,
  { at }: BatchContext,
  source: CostSource,
): Promise<BatchBills> {
  const { queries, months, window, priorPeriodToDate } = batch;
  const total = await source.query(queries.total);
  const workloads = await source.query(queries.workloads);
  const services = await source.query(queries.services);
  const charges = queries.chargeTypes && (await queryChargeTypes(queries.chargeTypes, services, source));
  const usage = await source.query(queries.usage);
  const priorUsage = queries.priorUsage === null ? null : await source.query(queries.priorUsage);

  // A month and its prior period to date take their categories from the same services.
  const compared = services.rows.filter(
    ({ day }) => contains(window, day) || (priorPeriodToDate !== null && contains(priorPeriodToDate, day)),
  );
  const usageTypes = usageTypeCategories(compared.map(serviceUsage));
  const categories: { readonly query: CategoryQuery; readonly answer: CostAnswer }[] = [];
  for (const query of categoryQueries(usageTypes)) {
    categories.push({ query, answer: await source.query(categoryQuery(queries, query.filter)) });
  }

  const currency = currencyOf([total, workloads, services, usage, ...(priorUsage ? [priorUsage] : [])]);
  const spanOf = (span: Window, used: CostAnswer): SpanBill => ({
    period: monthOf(span.start),
    window: span,
    total: totalOf(within(total, span), currency),
    workloads: within(workloads, span).map(workloadCost),
    services: within(services, span).map(serviceUsage),
    usage: within(used, span).map(workloadUsage),
    usageTypes,
    categories: categories.map(({ query, answer }) => ({
      query,
      rows: within(answer, span).map(workloadUsage),
    })),
    chargeTypes: charges && within(charges, span).map(chargeTypeCost),
  });
  const billOf = (month: Month): PeriodBill => {
    const span = windowOf(month, at);
    return {
      ...spanOf(span, usage),
      estimated: total.estimated.some((day) => contains(span, day)),
    };
  };
  return {
    bills: new Map(months.map((month) => [month, billOf(month)])),
    priorPeriodToDate: priorPeriodToDate && priorUsage && spanOf(priorPeriodToDate, priorUsage),
  };
}

const within = (answer: CostAnswer, window: Window) => answer.rows.filter(({ day }) => contains(window, day));
