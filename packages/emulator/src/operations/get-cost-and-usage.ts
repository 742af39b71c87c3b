import { isRunning, monthOf, type Window } from "@dapanoskop/core/calendar";
import type { Money } from "@dapanoskop/core/money";
import {
  type CostAnswer,
  type CostMetric,
  type CostRow,
  chargePeriods,
  type Granularity,
} from "@dapanoskop/core/source";
import type { Place } from "../pages.ts";
import { billExpired, dataUnavailable, missing } from "../protocol/aws-error.ts";
import type { Json, Members } from "../protocol/json.ts";
import { type Condition, parseExpression } from "../questions/expression.ts";
import { type GroupBy, parseGroupBy } from "../questions/groupings.ts";
import { isCostMetric, type Metric, parseMetrics } from "../questions/metrics.ts";
import { parseGranularity, parseWindow } from "../questions/time-period.ts";
import { costValue, type MetricValue, quantityValue } from "./amounts.ts";
import type { Answer, Desk, Operation } from "./desk.ts";
import type { Entry, Group, Sheet } from "./sheet.ts";

interface Question {
  readonly window: Window;
  readonly granularity: Granularity;
  readonly metrics: readonly Metric[];
  readonly groupBy: readonly GroupBy[];
  readonly filter: Condition;
}

export const getCostAndUsage: Operation = async (request, desk) => {
  const question = parseQuestion(request, desk);
  const sheet = await desk.sheets.get(desk.place.page === 1, () => fillSheet(question, desk));
  return cutPage(question, desk.struck.has("empty") ? withoutGroups(sheet) : sheet, desk);
};

function parseQuestion(request: Members, { bill, historyMonths }: Desk): Question {
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

/** Asks the bill once for each cost metric and lays the answers beside each other. */
async function fillSheet(question: Question, { bill }: Desk): Promise<Sheet> {
  if (bill.since !== null && question.window.start < bill.since) throw billExpired();
  const costs = question.metrics.filter(isCostMetric);
  const asked: readonly CostMetric[] = costs.length > 0 ? costs : ["UnblendedCost"];
  const answers = new Map<CostMetric, CostAnswer>();
  for (const metric of asked) answers.set(metric, await askBill(question, metric, bill));
  const rows = [...answers.values()][0]?.rows ?? [];
  if (rows.length === 0 && !(await bill.hasData())) throw dataUnavailable();

  const estimated = new Set([...answers.values()].flatMap((answer) => answer.estimated));
  const periods = chargePeriods(question.window, question.granularity).map((window) => ({
    window,
    // The days that are still to come are estimates as well, although nothing can be asked about them.
    estimated: estimated.has(window.start) || isRunning(monthOf(window.start), bill.at),
  }));
  const byDay = new Map<string, Group[]>(periods.map(({ window }) => [window.start, []]));
  const costOf = [...answers].map(([metric, { rows: those }]) => ({ metric, cost: besides(rows, those) }));
  rows.forEach((row, at) => {
    const group = {
      keys: row.keys,
      costs: new Map(costOf.map(({ metric, cost }) => [metric, cost(row, at)])),
      quantity: row.quantity,
    };
    byDay.get(row.day)?.push(group);
  });
  const entries = periods.flatMap(({ window }, period): readonly Entry[] => {
    const groups = byDay.get(window.start) ?? [];
    return groups.length === 0 ? [{ period, group: null }] : groups.map((group) => ({ period, group }));
  });
  return { periods, entries, currency: rows[0]?.cost.currency ?? (await bill.currency()) };
}

async function askBill(
  { window, granularity, groupBy, filter }: Question,
  metric: CostMetric,
  bill: Desk["bill"],
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

/** Finds the cost of the same group in another metric's answer: in the same place, unless the source orders otherwise. */
function besides(rows: readonly CostRow[], others: readonly CostRow[]): (row: CostRow, at: number) => Money {
  if (others === rows) return ({ cost }) => cost;
  const name = ({ day, keys }: CostRow) => JSON.stringify([day, ...keys]);
  const named = new Map(others.map((other) => [name(other), other.cost]));
  return (row) => named.get(name(row)) ?? { units: 0n, currency: row.cost.currency };
}

const withoutGroups = (sheet: Sheet): Sheet => ({
  ...sheet,
  entries: sheet.periods.map((_, period) => ({ period, group: null })),
});

function cutPage(question: Question, sheet: Sheet, desk: Desk): Answer {
  const { place, pageSize } = desk;
  const page = sheet.entries.slice(place.offset, place.offset + pageSize);
  const results: ResultByTime[] = [];
  page.forEach(({ period, group }, at) => {
    const last = results.at(-1);
    const result = last?.period === period ? last : newResult(period, sheet);
    if (result !== last) results.push(result);
    const metrics = tampered(metricsOf(group, question.metrics, sheet.currency, desk), at, page.length, desk);
    if (question.groupBy.length === 0) result.total = metrics;
    else if (group !== null)
      result.groups.push({ Keys: keysOf(group, question.groupBy, desk), Metrics: metrics });
  });
  return {
    body: {
      ...nextToken(sheet.entries.length, desk),
      ...(question.groupBy.length === 0
        ? {}
        : { GroupDefinitions: question.groupBy.map(({ type, key }) => ({ Type: type, Key: key })) }),
      ResultsByTime: results.map(({ window, total, groups, estimated }) => ({
        TimePeriod: { Start: window.start, End: window.end },
        Total: total,
        Groups: groups,
        Estimated: estimated,
      })),
      DimensionValueAttributes: attributesOf(page, question.groupBy),
    },
    entries: page.length,
  };
}

interface ResultByTime {
  readonly period: number;
  readonly window: Window;
  readonly estimated: boolean;
  total: Json;
  readonly groups: Json[];
}

function newResult(period: number, { periods }: Sheet): ResultByTime {
  const { window = { start: "", end: "" }, estimated = false } = periods[period] ?? {};
  return { period, window, estimated, total: {}, groups: [] };
}

function metricsOf(
  group: Group | null,
  metrics: readonly Metric[],
  currency: string,
  desk: Desk,
): ReadonlyMap<Metric, MetricValue> {
  return new Map(
    metrics.map((metric) => {
      if (isCostMetric(metric)) {
        return [metric, costValue(group?.costs.get(metric) ?? { units: 0n, currency }, desk)];
      }
      // No bill of ours knows normalized units; Cost Explorer answers 0 N/A where it knows none.
      return [metric, quantityValue(metric === "UsageQuantity" ? (group?.quantity ?? null) : null, desk)];
    }),
  );
}

/** What a fault makes of the metrics of the page's first or last entry. */
function tampered(
  metrics: ReadonlyMap<Metric, MetricValue>,
  at: number,
  length: number,
  { struck }: Desk,
): Json {
  if (at === 0 && struck.has("missing-metric")) return {};
  const amount = at === 0 ? struck.get("non-finite") : null;
  const currency = at === length - 1 ? struck.get("second-currency") : null;
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

/** A group's keys in the request's order; the bill was not asked about a dimension that it does not know. */
function keysOf({ keys }: Group, groupBy: readonly GroupBy[], { struck }: Desk): readonly string[] {
  let asked = 0;
  return groupBy.map(({ type, key, grouping, text }) => {
    const value = grouping === null ? null : (keys[asked++] ?? null);
    const inWords = type === "COST_CATEGORY" && value === null && struck.has("no-category-text");
    return inWords ? `No cost category: ${key}` : text(value);
  });
}

/** Cost Explorer describes the accounts that a page names; the emulator has no better name for one than its number. */
function attributesOf(page: readonly Entry[], groupBy: readonly GroupBy[]): Json {
  const at = groupBy
    .filter(({ grouping }) => grouping !== null)
    .findIndex(({ key }) => key === "LINKED_ACCOUNT");
  if (at < 0 || groupBy.every(({ key, type }) => type !== "DIMENSION" || key !== "LINKED_ACCOUNT")) return [];
  const accounts = new Set(page.flatMap(({ group }) => group?.keys[at] ?? []));
  return [...accounts].sort().map((Value) => ({ Value, Attributes: { description: Value } }));
}

function nextToken(entries: number, desk: Desk): { readonly NextPageToken?: string } {
  const { place, pageSize, struck, token, tokenFor } = desk;
  const next = (pages: number): Place => ({
    offset: place.offset + pages * pageSize,
    page: place.page + 1,
    salt: 0,
  });
  if (struck.has("repeat-token") && token !== null) return { NextPageToken: token };
  if (struck.has("double-page")) return { NextPageToken: tokenFor({ ...next(0), salt: place.salt + 1 }) };
  const following = next(struck.has("drop-page") ? 2 : 1);
  return following.offset < entries ? { NextPageToken: tokenFor(following) } : {};
}
