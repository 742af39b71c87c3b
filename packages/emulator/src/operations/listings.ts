import type { Window } from "@dapanoskop/core/calendar";
import { type CostFilter, costMetrics, type Grouping } from "@dapanoskop/core/source";
import { constraint, missing, notInEnum, validation } from "../protocol/aws-error.ts";
import type { Json, Members } from "../protocol/json.ts";
import { checkBillingView } from "../request/billing-view.ts";
import { allDimensions, dimensionOf, groupingDimensions, wordForNone } from "../request/dimensions.ts";
import { parseExpression } from "../request/expression.ts";
import { parseWindow } from "../request/time-period.ts";
import type { Operation, OperationContext, OperationResponse } from "./operation.ts";

/** Listings of the values of a dimension, tag or cost category in a window: by default 1,000 a page, sorted by name. */
const MOST_RESULTS = 1_000;

export const getDimensionValues: Operation = async (request, context) => {
  const required = { TimePeriod: "timePeriod", Dimension: "dimension" };
  const absent = Object.entries(required).filter(([member]) => !request.has(member));
  if (absent.length > 0) throw missing(...absent.map(([, at]) => at));
  const dimension = request.text("Dimension") ?? "";
  if (!allDimensions.includes(dimension)) throw notInEnum(dimension, "dimension", allDimensions);
  if (!groupingDimensions.includes(dimension)) throw validation(`Dimension ${dimension} is not allowed.`);
  const costContext = request.text("Context") ?? "COST_AND_USAGE";
  if (costContext !== "COST_AND_USAGE")
    throw validation(`Context ${costContext.slice(0, 40)} is not supported.`);
  const by = dimensionOf(dimension);
  const values = await valuesOf(by === null ? null : { by }, request, context, wordForNone(dimension));
  return listing(values, request, context, (page) => ({
    DimensionValues: page.map((Value) => ({
      Value,
      Attributes: dimension === "LINKED_ACCOUNT" ? { description: Value } : {},
    })),
  }));
};

export const getTags: Operation = async (request, context) => {
  const key = request.text("TagKey");
  const values =
    key === null
      ? await namesIn(request, context, "tag")
      : await valuesOf({ by: "tag", key }, request, context, "");
  return listing(values, request, context, (page) => ({ Tags: page }));
};

export const getCostCategories: Operation = async (request, context) => {
  const name = request.text("CostCategoryName");
  if (name === null) {
    const names = await namesIn(request, context, "costCategory");
    return listing(names, request, context, (page) => ({ CostCategoryNames: page }));
  }
  const values = await valuesOf({ by: "costCategory", name }, request, context, "");
  return listing(values, request, context, (page) => ({ CostCategoryValues: page }));
};

/** The values of a grouping that have charges in the window, sorted as the request says. */
async function valuesOf(
  grouping: Grouping | null,
  request: Members,
  context: OperationContext,
  none: string,
): Promise<readonly string[]> {
  const window = windowOf(request, context);
  const condition = conditionOf(request);
  const sort = parseSort(request);
  if (condition === false) return [];
  const { rows } = await context.bill.query({
    window,
    granularity: "MONTHLY",
    metric: costMetrics.find((metric) => metric === sort?.key) ?? "UnblendedCost",
    groupBy: grouping === null ? [] : [grouping],
    ...(condition === true ? {} : { filter: condition }),
  });
  const weights = new Map<string, bigint>();
  for (const { keys, cost, quantity } of rows) {
    const value = keys[0] ?? none;
    const weight = sort?.key === "UsageQuantity" ? (quantity?.units ?? 0n) : cost.units;
    weights.set(value, (weights.get(value) ?? 0n) + weight);
  }
  const values = [...weights.keys()].sort();
  if (sort === null) return values;
  const weightOf = (value: string) => weights.get(value) ?? 0n;
  const rising = (a: string, b: string) =>
    weightOf(a) < weightOf(b) ? -1 : weightOf(a) > weightOf(b) ? 1 : 0;
  return values.sort(sort.descending ? (a, b) => rising(b, a) : rising);
}

/** Names in use. With a Filter, only names that a matching charge has. */
async function namesIn(
  request: Members,
  context: OperationContext,
  what: "tag" | "costCategory",
): Promise<readonly string[]> {
  const window = windowOf(request, context);
  const condition = conditionOf(request);
  parseSort(request);
  const names = await (what === "tag" ? context.bill.tagKeys(window) : context.bill.costCategories(window));
  if (typeof condition === "boolean") return condition ? names : [];
  const used: string[] = [];
  for (const name of names) {
    const grouping: Grouping = what === "tag" ? { by: "tag", key: name } : { by: "costCategory", name };
    if (await isUsed(grouping, condition, window, context)) used.push(name);
  }
  return used;
}

async function isUsed(
  grouping: Grouping,
  filter: CostFilter,
  window: Window,
  { bill }: OperationContext,
): Promise<boolean> {
  const query = {
    window,
    granularity: "MONTHLY",
    metric: "UnblendedCost",
    groupBy: [grouping],
    filter,
  } as const;
  return (await bill.query(query)).rows.some(({ keys }) => keys[0] !== null);
}

function windowOf(request: Members, { bill, historyMonths }: OperationContext): Window {
  checkBillingView(request);
  return parseWindow(request, "MONTHLY", bill.at, historyMonths);
}

function conditionOf(request: Members) {
  const filter = request.object("Filter");
  return filter === null ? true : parseExpression(filter);
}

const SORT_KEYS: readonly string[] = [...costMetrics, "UsageQuantity", "NormalizedUsageAmount"];

function parseSort(request: Members): { readonly key: string; readonly descending: boolean } | null {
  const [sort] = request.objects("SortBy") ?? [];
  if (sort === undefined) return null;
  const key = sort.text("Key");
  if (key === null) throw missing("sortBy.1.member.key");
  if (!SORT_KEYS.includes(key)) {
    throw validation(`Sort key ${key.slice(0, 40)} is invalid. Valid values are ${SORT_KEYS.join(", ")}.`);
  }
  const order = sort.text("SortOrder") ?? "DESCENDING";
  const orders = ["ASCENDING", "DESCENDING"];
  if (!orders.includes(order)) throw notInEnum(order, "sortBy.1.member.sortOrder", orders);
  return { key, descending: order === "DESCENDING" };
}

function listing(
  values: readonly string[],
  request: Members,
  { position, tokenFor }: OperationContext,
  members: (page: readonly string[]) => { readonly [member: string]: Json },
): OperationResponse {
  const searched = request.text("SearchString")?.toLowerCase() ?? "";
  const found = values.filter((value) => value.toLowerCase().includes(searched));
  const most = parseMaxResults(request, MOST_RESULTS) ?? MOST_RESULTS;
  const page = found.slice(position.offset, position.offset + most);
  const next = position.offset + most;
  return {
    body: {
      ...members(page),
      ReturnSize: page.length,
      TotalSize: found.length,
      ...(next < found.length
        ? { NextPageToken: tokenFor({ offset: next, page: position.page + 1, salt: 0 }) }
        : {}),
    },
    entries: page.length,
  };
}

/** A page size that a request may choose, from 1 to `most`. */
export function parseMaxResults(request: Members, most: number): number | null {
  const results = request.integer("MaxResults");
  if (results !== null && results < 1) {
    throw constraint(String(results), "maxResults", "Member must have value greater than or equal to 1");
  }
  if (results !== null && results > most) {
    throw constraint(String(results), "maxResults", `Member must have value less than or equal to ${most}`);
  }
  return results;
}
