import { isRunning, monthOf, type Window } from "@dapanoskop/core/calendar";
import type { Money } from "@dapanoskop/core/money";
import {
  type CostAnswer,
  type CostMetric,
  type CostRow,
  chargePeriods,
  type Granularity,
} from "@dapanoskop/core/source";
import type { PagePosition } from "../pages.ts";
import { billExpired, dataUnavailable, missing } from "../protocol/aws-error.ts";
import type { Json, Members } from "../protocol/json.ts";
import { checkBillingView } from "../request/billing-view.ts";
import { type FilterCondition, parseExpression } from "../request/expression.ts";
import { type GroupBy, parseGroupBy } from "../request/groupings.ts";
import { isCostMetric, parseMetrics, type UsageMetric } from "../request/metrics.ts";
import { parseGranularity, parseWindow } from "../request/time-period.ts";
import { costValue, type MetricValue, quantityValue } from "./amounts.ts";
import type { Operation, OperationContext, OperationResponse } from "./operation.ts";
import type { ResultEntry, UsageGroup, UsageResult } from "./result.ts";

interface UsageQuery {
  readonly window: Window;
  readonly granularity: Granularity;
  readonly metrics: readonly UsageMetric[];
  readonly groupBy: readonly GroupBy[];
  readonly filter: FilterCondition;
}

export const getCostAndUsage: Operation = async (request, context) => {
  const query = parseQuery(request, context);
  const result = await context.results.get(context.position.page === 1, () => computeResult(query, context));
  return cutPage(query, context.activeFaults.has("empty") ? withoutGroups(result) : result, context);
};

function parseQuery(request: Members, { bill, historyMonths }: OperationContext): UsageQuery {
  checkBillingView(request);
  const required = { TimePeriod: "timePeriod", Granularity: "granularity", Metrics: "metrics" };
  const absent = Object.entries(required).filter(([member]) => !request.has(member));
  if (absent.length > 0) throw missing(...absent.map(([, at]) => at));
  const granularity = parseGranularity(request, bill.at);
  const window = parseWindow(request, granularity, bill.at, historyMonths);
  const filter = request.object("Filter");
  return {
    window,
    granularity,
    metrics: parseMetrics(request.texts("Metrics")),
    groupBy: parseGroupBy(request.objects("GroupBy") ?? []),
    filter: filter === null ? true : parseExpression(filter),
  };
}

/** Queries the bill once for each cost metric and joins the answers. */
async function computeResult(query: UsageQuery, { bill }: OperationContext): Promise<UsageResult> {
  if (!bill.covers(query.window)) throw billExpired();
  const costs = query.metrics.filter(isCostMetric);
  const queried: readonly CostMetric[] = costs.length > 0 ? costs : ["UnblendedCost"];
  const answers = new Map<CostMetric, CostAnswer>();
  for (const metric of queried) answers.set(metric, await queryBill(query, metric, bill));
  const rows = [...answers.values()][0]?.rows ?? [];
  if (rows.length === 0 && !(await bill.hasData())) throw dataUnavailable();

  const estimated = new Set([...answers.values()].flatMap((answer) => answer.estimated));
  const periods = chargePeriods(query.window, query.granularity).map((window) => ({
    window,
    // Future days are estimates as well, although the bill has no data for them.
    estimated: estimated.has(window.start) || isRunning(monthOf(window.start), bill.at),
  }));
  const byDay = new Map<string, UsageGroup[]>(periods.map(({ window }) => [window.start, []]));
  const costOf = [...answers].map(([metric, { rows: those }]) => ({
    metric,
    cost: costInOtherAnswer(rows, those),
  }));
  rows.forEach((row, at) => {
    const group = {
      keys: row.keys,
      costs: new Map(costOf.map(({ metric, cost }) => [metric, cost(row, at)])),
      quantity: row.quantity,
    };
    byDay.get(row.day)?.push(group);
  });
  const entries = periods.flatMap(({ window }, period): readonly ResultEntry[] => {
    const groups = byDay.get(window.start) ?? [];
    return groups.length === 0 ? [{ period, group: null }] : groups.map((group) => ({ period, group }));
  });
  return { periods, entries, currency: rows[0]?.cost.currency ?? (await bill.currency()) };
}

async function queryBill(
  { window, granularity, groupBy, filter }: UsageQuery,
  metric: CostMetric,
  bill: OperationContext["bill"],
): Promise<CostAnswer> {
  if (filter === false) return { rows: [], estimated: [] };
  return bill.query({
    window,
    granularity,
    metric,
    groupBy: groupBy.flatMap(({ grouping }) => grouping ?? []),
    ...(filter === true ? {} : { filter }),
  });
}

/** Finds the cost of the same group in another metric's answer: at the same index, unless the source orders otherwise. */
function costInOtherAnswer(
  rows: readonly CostRow[],
  others: readonly CostRow[],
): (row: CostRow, at: number) => Money {
  if (others === rows) return ({ cost }) => cost;
  const name = ({ day, keys }: CostRow) => JSON.stringify([day, ...keys]);
  const named = new Map(others.map((other) => [name(other), other.cost]));
  return (row) => named.get(name(row)) ?? { units: 0n, currency: row.cost.currency };
}

const withoutGroups = (result: UsageResult): UsageResult => ({
  ...result,
  entries: result.periods.map((_, period) => ({ period, group: null })),
});

function cutPage(query: UsageQuery, result: UsageResult, context: OperationContext): OperationResponse {
  const { position, pageSize } = context;
  const page = result.entries.slice(position.offset, position.offset + pageSize);
  const results: ResultPeriod[] = [];
  page.forEach(({ period, group }, at) => {
    const last = results.at(-1);
    const resultPeriod = last?.period === period ? last : newPeriod(period, result);
    if (resultPeriod !== last) results.push(resultPeriod);
    const metrics = faultyMetrics(
      metricsOf(group, query.metrics, result.currency, context),
      at,
      page.length,
      context,
    );
    if (query.groupBy.length === 0) resultPeriod.total = metrics;
    else if (group !== null)
      resultPeriod.groups.push({ Keys: keysOf(group, query.groupBy, context), Metrics: metrics });
  });
  return {
    body: {
      ...nextToken(result.entries.length, context),
      ...(query.groupBy.length === 0
        ? {}
        : { GroupDefinitions: query.groupBy.map(({ type, key }) => ({ Type: type, Key: key })) }),
      ResultsByTime: results.map(({ window, total, groups, estimated }) => ({
        TimePeriod: { Start: window.start, End: window.end },
        Total: total,
        Groups: groups,
        Estimated: estimated,
      })),
      DimensionValueAttributes: attributesOf(page, query.groupBy),
    },
    entries: page.length,
  };
}

interface ResultPeriod {
  readonly period: number;
  readonly window: Window;
  readonly estimated: boolean;
  total: Json;
  readonly groups: Json[];
}

function newPeriod(period: number, { periods }: UsageResult): ResultPeriod {
  const { window = { start: "", end: "" }, estimated = false } = periods[period] ?? {};
  return { period, window, estimated, total: {}, groups: [] };
}

function metricsOf(
  group: UsageGroup | null,
  metrics: readonly UsageMetric[],
  currency: string,
  context: OperationContext,
): ReadonlyMap<UsageMetric, MetricValue> {
  return new Map(
    metrics.map((metric) => {
      if (isCostMetric(metric)) {
        return [metric, costValue(group?.costs.get(metric) ?? { units: 0n, currency }, context)];
      }
      // No bill has normalized units. Cost Explorer returns 0 N/A where it has none.
      return [metric, quantityValue(metric === "UsageQuantity" ? (group?.quantity ?? null) : null, context)];
    }),
  );
}

/** The metrics of an entry after the active faults; faults change the page's first or last entry. */
function faultyMetrics(
  metrics: ReadonlyMap<UsageMetric, MetricValue>,
  at: number,
  length: number,
  { activeFaults }: OperationContext,
): Json {
  if (at === 0 && activeFaults.has("missing-metric")) return {};
  const amount = at === 0 ? activeFaults.get("non-finite") : null;
  const currency = at === length - 1 ? activeFaults.get("second-currency") : null;
  return Object.fromEntries(
    [...metrics].map(([metric, value]) => [
      metric,
      {
        Amount: amount ?? value.Amount,
        Unit: isCostMetric(metric) ? (currency ?? value.Unit) : value.Unit,
      },
    ]),
  );
}

/** A group's keys in the request's order. The query of the bill omits dimensions that the bill does not have. */
function keysOf(
  { keys }: UsageGroup,
  groupBy: readonly GroupBy[],
  { activeFaults }: OperationContext,
): readonly string[] {
  let next = 0;
  return groupBy.map(({ type, key, grouping, text }) => {
    const value = grouping === null ? null : (keys[next++] ?? null);
    const isNamed = type === "COST_CATEGORY" && value === null && activeFaults.has("no-category-text");
    return isNamed ? `No cost category: ${key}` : text(value);
  });
}

/** Cost Explorer describes the accounts of a page. The emulator uses the account number as the description. */
function attributesOf(page: readonly ResultEntry[], groupBy: readonly GroupBy[]): Json {
  const at = groupBy
    .filter(({ grouping }) => grouping !== null)
    .findIndex(({ key }) => key === "LINKED_ACCOUNT");
  if (at < 0 || groupBy.every(({ key, type }) => type !== "DIMENSION" || key !== "LINKED_ACCOUNT")) return [];
  const accounts = new Set(page.flatMap(({ group }) => group?.keys[at] ?? []));
  return [...accounts].sort().map((Value) => ({ Value, Attributes: { description: Value } }));
}

function nextToken(entries: number, context: OperationContext): { readonly NextPageToken?: string } {
  const { position, pageSize, activeFaults, token, tokenFor } = context;
  const next = (pages: number): PagePosition => ({
    offset: position.offset + pages * pageSize,
    page: position.page + 1,
    salt: 0,
  });
  if (activeFaults.has("repeat-token") && token !== null) return { NextPageToken: token };
  if (activeFaults.has("double-page"))
    return { NextPageToken: tokenFor({ ...next(0), salt: position.salt + 1 }) };
  const following = next(activeFaults.has("drop-page") ? 2 : 1);
  return following.offset < entries ? { NextPageToken: tokenFor(following) } : {};
}
