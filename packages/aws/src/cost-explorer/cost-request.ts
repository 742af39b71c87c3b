import type { GetCostAndUsageRequest, GroupDefinition } from "@aws-sdk/client-cost-explorer";
import { isDay, type Window } from "@dapanoskop/core/calendar";
import type { CostQuery, Grouping } from "@dapanoskop/core/source";
import { quoted } from "../quoted.ts";
import { AWS_DIMENSIONS, QUANTITY_METRIC } from "./aws-names.ts";
import { filterExpression } from "./filter-expression.ts";
import { type Inquiry, inquiryError } from "./inquiry.ts";

/** A question in words: `DAILY UnblendedCost by tag "App" and usageType, filtered`. */
export function costInquiry({ window, granularity, metric, groupBy, filter }: CostQuery): Inquiry {
  const by = groupBy.length === 0 ? "ungrouped" : `by ${groupBy.map(groupingText).join(" and ")}`;
  const filtered = filter === undefined ? "" : ", filtered";
  return {
    operation: "GetCostAndUsage",
    window,
    subject: `${granularity} ${metric} ${by}${filtered}`,
  };
}

/**
 * The request for a question, the same for each of its pages but for the token.
 * @throws CostSourceError "validation" on what Cost Explorer would refuse, before it costs a request
 */
export function costRequest(question: CostQuery, inquiry: Inquiry): GetCostAndUsageRequest {
  if (question.groupBy.length > 2) {
    throw inquiryError("validation", inquiry, "Cost Explorer groups by two keys at most. Ask two questions.");
  }
  return {
    TimePeriod: timePeriod(question.window, inquiry),
    Granularity: question.granularity,
    Metrics: [question.metric, QUANTITY_METRIC],
    ...(question.groupBy.length === 0 ? {} : { GroupBy: question.groupBy.map(groupDefinition) }),
    ...filterOf(question, inquiry),
  };
}

/** @throws CostSourceError "validation" on a window without a day: Cost Explorer refuses `Start = End` */
export function timePeriod({ start, end }: Window, inquiry: Inquiry): { Start: string; End: string } {
  if (!isDay(start) || !isDay(end) || start >= end) {
    throw inquiryError(
      "validation",
      { ...inquiry, window: null },
      `[${quoted(start)}, ${quoted(end)}) holds no day. Ask for at least one; the end is not included.`,
    );
  }
  return { Start: start, End: end };
}

function filterOf({ filter }: CostQuery, inquiry: Inquiry): Pick<GetCostAndUsageRequest, "Filter"> {
  if (filter === undefined) return {};
  try {
    return { Filter: filterExpression(filter) };
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const sentence = `the filter cannot be asked: ${cause.message}. Leave it out, or ask nothing.`;
    throw inquiryError("validation", inquiry, sentence, { cause });
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
