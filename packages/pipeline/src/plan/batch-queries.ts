import { addMonths, firstDay, monthOf, type Window } from "@dapanoskop/core/calendar";
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
  /**
   * The usage between the prior period to date and the first day that is not complete, by month: a MONTHLY answer about
   * months has no part about some of their days. What `usage` has of the month before, less what this has of it, is the
   * prior period to date; what this has of the running month are its complete days. `null` where there are neither.
   */
  readonly partUsage: CostQuery | null;
}

/** The days that a batch's queries are about. */
export interface BatchWindows {
  /** The months, as the event sees them. */
  readonly window: Window;
  /** The complete days of the running month; `null` where it has none, or where no month runs. */
  readonly completeDays: Window | null;
  /** The same days of the month before; `null` also where the source does not have them. */
  readonly priorPeriodToDate: Window | null;
  /** Whether a month of the batch runs. */
  readonly isRunning: boolean;
  /** Whether the days of the months are published: then the answers are in days. */
  readonly hasDays: boolean;
  /** Whether the last days of the batch may be missing: then the ungrouped total is in days, too. */
  readonly mayLackDays: boolean;
  /** Whether the total of a closed month is also about the month before: it says what its last days are expected to cost. */
  readonly hasMonthBefore: boolean;
}

export function batchQueries(
  windows: BatchWindows,
  role: "published" | "compared",
  config: QueryConfig,
): BatchQueries {
  const { window, hasDays, mayLackDays, hasMonthBefore } = windows;
  const tag: Grouping = { by: "tag", key: config.tagKey };
  const category: readonly Grouping[] =
    config.costCategory === null ? [] : [{ by: "costCategory", name: config.costCategory }];
  const grouped = (groupBy: readonly Grouping[]): CostQuery => ({
    window: queriedWindow(windows),
    granularity: hasDays ? "DAILY" : "MONTHLY",
    metric: config.metric,
    groupBy,
  });
  const usageOf = (days: Window): CostQuery => ({
    window: days,
    granularity: "MONTHLY",
    metric: config.metric,
    groupBy: [tag, { by: "usageType" }],
  });
  const part = partWindow(windows);
  return {
    total: {
      ...grouped([]),
      ...(hasMonthBefore && { window: { ...window, start: firstDay(addMonths(monthOf(window.start), -1)) } }),
      granularity: hasDays || mayLackDays ? "DAILY" : "MONTHLY",
    },
    workloads: grouped([tag, ...category]),
    services: grouped([{ by: "service" }, { by: "usageType" }]),
    chargeTypes: role === "published" ? grouped([tag, { by: "chargeType" }]) : null,
    usage: usageOf(queriedWindow(windows)),
    partUsage: part && usageOf(part),
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
    queries.partUsage,
  ].filter((query) => query !== null);

/** The months of the batch, and the month before a running one: the prior period to date is part of it. */
function queriedWindow({ window, priorPeriodToDate }: BatchWindows): Window {
  if (priorPeriodToDate === null || window.start <= priorPeriodToDate.start) return window;
  return { start: priorPeriodToDate.start, end: window.end };
}

/** From the end of the prior period to date to the end of the complete days; `null` where both are whole. */
function partWindow({ window, completeDays, priorPeriodToDate }: BatchWindows): Window | null {
  if (completeDays === null) return null;
  const isPriorWhole = priorPeriodToDate === null || priorPeriodToDate.end === completeDays.start;
  if (isPriorWhole && completeDays.end === window.end) return null;
  return { start: priorPeriodToDate?.end ?? completeDays.start, end: completeDays.end };
}
