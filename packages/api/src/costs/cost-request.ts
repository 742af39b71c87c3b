import { addDays, isDay, monthWindow, type Window } from "@dapanoskop/core/calendar";
import type { CostFilter, CostQuery, Grouping } from "@dapanoskop/core/source";
import { badRequest } from "../api-problem.ts";
import type { CostQueryBody } from "../documents/index.ts";

/** Days of a query: Cost Explorer's history of months is 14, with the month that runs. */
const LONGEST_WINDOW = 460;

/** The query that a body asks for. @throws ApiProblem `bad_request` */
export function costRequest(body: CostQueryBody): CostQuery {
  const { granularity, metric, group_by: groups, filter } = body;
  const query: CostQuery = { window: windowOf(body), granularity, metric, groupBy: groups.map(groupingOf) };
  return filter === undefined ? query : { ...query, filter: filterOf(filter) };
}

function windowOf({ month, start, end }: CostQueryBody): Window {
  if (month !== undefined) {
    if (start !== undefined || end !== undefined)
      throw badRequest("Give a month, or start and end, not both.");
    const window = monthWindow(month);
    if (!isDay(window.end))
      throw badRequest("The month is the last one of the calendar. Choose an earlier one.");
    return window;
  }
  if (start === undefined || end === undefined) throw badRequest("Give a month, or start and end.");
  if (!isDay(start) || !isDay(end))
    throw badRequest("start and end are days of the calendar, as 2026-01-31.");
  if (start >= end) throw badRequest("end is not part of the window, so it is at least one day after start.");
  if (addDays(start, LONGEST_WINDOW) < end) throw badRequest(`A query is of at most ${LONGEST_WINDOW} days.`);
  return { start, end };
}

type Grouped = CostQueryBody["group_by"][number];

const DIMENSIONS = {
  service: "service",
  usage_type: "usageType",
  charge_type: "chargeType",
  linked_account: "linkedAccount",
  region: "region",
  operation: "operation",
} as const;

function groupingOf({ by, key }: Grouped): Grouping {
  if (by === "tag" || by === "cost_category") {
    if (key === undefined) throw badRequest(`A grouping by ${by} has a key: the name of the ${by}.`);
    return by === "tag" ? { by, key } : { by: "costCategory", name: key };
  }
  if (key !== undefined) throw badRequest(`A grouping by ${by} has no key.`);
  return { by: DIMENSIONS[by] };
}

/** Its values in order: they are part of the cache's key. */
const filterOf = ({ values, ...of }: NonNullable<CostQueryBody["filter"]>): CostFilter => ({
  of: groupingOf(of),
  match: "equals",
  caseSensitive: true,
  values: [...new Set(values)].sort(),
});
