import type { Expression, GetCostAndUsageRequest, GroupDefinition } from "@aws-sdk/client-cost-explorer";
import { isDay, type Window } from "@dapanoskop/core/calendar";
import type { CostQuery, Grouping } from "@dapanoskop/core/source";
import { quoted } from "@dapanoskop/core/text";
import { AWS_DIMENSIONS, QUANTITY_METRIC } from "./aws-names.ts";
import { filterExpression } from "./filter-expression.ts";
import { type QueryContext, queryError } from "./query-context.ts";
import { type RequestScope, scopeMembers } from "./request-scope.ts";

/** A query in words: `DAILY UnblendedCost by tag "App" and usageType, filtered`. */
export function costContext({ window, granularity, metric, groupBy, filter }: CostQuery): QueryContext {
  const by = groupBy.length === 0 ? "ungrouped" : `by ${groupBy.map(groupingText).join(" and ")}`;
  const filtered = filter === undefined ? "" : ", filtered";
  return {
    operation: "GetCostAndUsage",
    window,
    subject: `${granularity} ${metric} ${by}${filtered}`,
  };
}

/**
 * The request for a query, the same for each of its pages but for the token.
 * @throws CostSourceError "validation" on what Cost Explorer would refuse, before it costs a request
 */
export function costRequest(
  query: CostQuery,
  scope: RequestScope,
  context: QueryContext,
): GetCostAndUsageRequest {
  if (query.groupBy.length > 2) {
    throw queryError("validation", context, "Cost Explorer groups by two keys at most. Make two queries.");
  }
  return {
    TimePeriod: timePeriod(query.window, context),
    Granularity: query.granularity,
    Metrics: [query.metric, QUANTITY_METRIC],
    ...(query.groupBy.length === 0 ? {} : { GroupBy: query.groupBy.map(groupDefinition) }),
    ...scopeMembers(scope, filterOf(query, context)),
  };
}

/** @throws CostSourceError "validation" on a window without a day: Cost Explorer refuses `Start = End` */
export function timePeriod({ start, end }: Window, context: QueryContext): { Start: string; End: string } {
  if (!isDay(start) || !isDay(end) || start >= end) {
    throw queryError(
      "validation",
      { ...context, window: null },
      `[${quoted(start)}, ${quoted(end)}) contains no day. Query at least one; the end is not included.`,
    );
  }
  return { Start: start, End: end };
}

function filterOf({ filter }: CostQuery, context: QueryContext): Expression | undefined {
  if (filter === undefined) return undefined;
  try {
    return filterExpression(filter);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const sentence = `Cost Explorer has no expression for the filter: ${cause.message}. Leave it out, or make no query.`;
    throw queryError("validation", context, sentence, { cause });
  }
}

function groupDefinition(grouping: Grouping): GroupDefinition {
  if (grouping.by === "tag") return { Type: "TAG", Key: grouping.key };
  if (grouping.by === "costCategory") return { Type: "COST_CATEGORY", Key: grouping.name };
  return { Type: "DIMENSION", Key: AWS_DIMENSIONS[grouping.by] };
}

function groupingText(grouping: Grouping): string {
  if (grouping.by === "tag") return `tag ${quoted(grouping.key)}`;
  if (grouping.by === "costCategory") return `cost category ${quoted(grouping.name)}`;
  return grouping.by;
}
