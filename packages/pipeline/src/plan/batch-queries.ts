import type { Window } from "@dapanoskop/core/calendar";
import type { CostFilter, CostQuery, Dimension, Grouping } from "@dapanoskop/core/source";
import type { CollectConfig } from "../options/index.ts";

/** What the queries of a collection depend on. */
export type QueryConfig = Pick<CollectConfig, "metric" | "tagKey" | "costCategory">;

/** The dimensions that the queries group by, besides the workload's tag and the cost category. */
export const queriedDimensions: readonly Dimension[] = ["service", "usageType", "chargeType"];

/** The queries about consecutive months, in the order in which they are made. */
export interface BatchQueries {
  /** The source's own ungrouped total. It comes first, so that a month that the source refuses costs one request. */
  readonly total: CostQuery;
  readonly workloads: CostQuery;
  readonly services: CostQuery;
  /** By workload. `null` for months that are only compared with: their tagging coverage is not published. */
  readonly chargeTypes: CostQuery | null;
  readonly usage: CostQuery;
  /** The usage of the prior period to date: a MONTHLY answer about months has no part about some of their days. */
  readonly priorUsage: CostQuery | null;
}

/** The days that a batch's queries are about. */
export interface BatchWindows {
  /** The months, as the event sees them. */
  readonly window: Window;
  /** The same days of the month before a running one; then the batch is queried in days. */
  readonly priorPeriodToDate: Window | null;
}

export function batchQueries(
  windows: BatchWindows,
  role: "published" | "compared",
  config: QueryConfig,
): BatchQueries {
  const { window, priorPeriodToDate } = windows;
  const tag: Grouping = { by: "tag", key: config.tagKey };
  const category: readonly Grouping[] =
    config.costCategory === null ? [] : [{ by: "costCategory", name: config.costCategory }];
  const daily = (groupBy: readonly Grouping[]): CostQuery => ({
    window: dailyWindow(windows),
    granularity: priorPeriodToDate === null ? "MONTHLY" : "DAILY",
    metric: config.metric,
    groupBy,
  });
  const usageOf = (days: Window): CostQuery => ({
    window: days,
    granularity: "MONTHLY",
    metric: config.metric,
    groupBy: [tag, { by: "usageType" }],
  });
  return {
    total: daily([]),
    workloads: daily([tag, ...category]),
    services: daily([{ by: "service" }, { by: "usageType" }]),
    chargeTypes: role === "published" ? daily([tag, { by: "chargeType" }]) : null,
    usage: usageOf(window),
    priorUsage: priorPeriodToDate === null ? null : usageOf(priorPeriodToDate),
  };
}

/**
 * The query that separates the categories of usage types that several services share. Whether it is needed shows only
 * in the answer by service, so that no plan contains it.
 */
export const categoryQuery = ({ workloads, usage }: BatchQueries, filter: CostFilter): CostQuery => ({
  ...workloads,
  groupBy: usage.groupBy,
  filter,
});

/** The queries of a batch that are made, in order. */
export const queriesOf = (queries: BatchQueries): readonly CostQuery[] =>
  [
    queries.total,
    queries.workloads,
    queries.services,
    queries.chargeTypes,
    queries.usage,
    queries.priorUsage,
  ].filter((query) => query !== null);

/** The window of the DAILY answers: the prior period to date is part of it. */
function dailyWindow({ window, priorPeriodToDate }: BatchWindows): Window {
  if (priorPeriodToDate === null || window.start <= priorPeriodToDate.start) return window;
  return { start: priorPeriodToDate.start, end: window.end };
}
