import type { DailyNumbers } from "@dapanoskop/core/daily";
import { type Money, moneyFromNumber, moneyText } from "@dapanoskop/core/money";
import type { CostSourceFailure } from "@dapanoskop/core/source";
import { type IndexDocument, readIndex, storeReader } from "@dapanoskop/dataset";
import * as v from "valibot";
import type { ApiContext } from "../api-context.ts";
import { ApiProblem, badRequest, notFound } from "../api-problem.ts";
import { answerDocument } from "../costs/answer-document.ts";
import { cachedCosts, NoAnswerError } from "../costs/cost-cache.ts";
import { costRequest } from "../costs/cost-request.ts";
import { costAnswer, costDays, costQueryBody, costSummary } from "../documents/index.ts";
import { day, month } from "../documents/parts.ts";
import { countUse, limits } from "../limits.ts";
import { answer, type Route, route } from "../route.ts";

const LARGEST_QUERY = 65_536;

export const costRoutes: readonly Route[] = [
  route({
    operation: "showCostSummary",
    method: "GET",
    path: "/costs/summary",
    summary: "Shows the figures of a published month, by default the newest.",
    scopes: ["read"],
    query: { period: v.optional(month) },
    answers: { 200: costSummary },
    async handle({ api, query }) {
      const index = await publishedIndex(api);
      const period = query.period ?? index.periods[0];
      const figures = period === undefined ? null : await storeReader(api.store).figures(index, period);
      if (figures === null) throw notFound("month among the published ones");
      const { total, costCenters, currency } = figures;
      return answer({
        period: figures.month,
        is_running: figures.isRunning,
        estimated: figures.isEstimated,
        collected_at: figures.collectedAt,
        currency,
        metric: figures.metric,
        total: moneyText(total.current),
        previous_month: textOf(total.previousMonth),
        year_ago: textOf(total.yearBefore),
        cost_centers: costCenters.map(({ name, kind, cost, workloads }) => ({
          name,
          kind,
          cost: moneyText(cost.current),
          previous_month: textOf(cost.previousMonth),
          workloads: workloads.map((workload) => ({
            name: workload.name,
            kind: workload.kind,
            cost: moneyText(workload.cost.current),
          })),
        })),
      });
    },
  }),
  route({
    operation: "showCostDays",
    method: "GET",
    path: "/costs/days",
    summary: "Shows the published days, at most 90, by cost center, service or charge type.",
    scopes: ["read"],
    query: {
      by: v.optional(v.picklist(["cost_center", "service", "charge_type"]), "service"),
      start: v.optional(day),
      end: v.optional(day),
    },
    answers: { 200: costDays },
    async handle({ api, query }) {
      const daily = await storeReader(api.store).dailyFigures(await publishedIndex(api));
      if (daily === null) throw notFound("day among the published ones");
      const { currency, days } = daily;
      const isWanted = days.map(
        (one) =>
          (query.start === undefined || one >= query.start) && (query.end === undefined || one < query.end),
      );
      const wanted = <Item>(list: readonly Item[]) => list.filter((_, at) => isWanted[at]);
      const texts = (numbers: DailyNumbers) =>
        wanted(numbers).map((value) => (value === null ? null : moneyText(moneyFromNumber(value, currency))));
      const groups = {
        cost_center: daily.costCenters,
        service: daily.services,
        charge_type: daily.chargeTypes,
      };
      return answer({
        published_at: daily.publishedAt,
        currency,
        metric: daily.metric,
        complete_through: daily.completeThrough,
        days: wanted(days),
        total: texts(daily.total),
        groups: groups[query.by].map(({ name, costs }) => ({ name, cost: texts(costs) })),
      });
    },
  }),
  route({
    operation: "queryCosts",
    method: "POST",
    path: "/costs/query",
    summary:
      "Asks the bill, through a cache of 12 hours. Each page of an answer that is not in the cache costs $0.01 at Cost Explorer.",
    scopes: ["read"],
    body: { kind: "json", schema: costQueryBody, limit: LARGEST_QUERY },
    answers: { 200: costAnswer },
    async handle({ api, owner, body, at }) {
      const { bill } = api;
      if (bill === null) {
        throw new ApiProblem(
          "unavailable",
          "There is no bill to ask here: only what is published can be read.",
        );
      }
      const query = costRequest(body);
      const permit = async () => {
        if (bill.pagePrice === "0") return;
        await countUse(limits.queries, owner, api.state, at);
        await countUse(limits.dailyQueries, "everybody", api.state, at);
      };
      try {
        const cached = await cachedCosts(query, { state: api.state, runtime: api.runtime, bill, permit });
        return answer(answerDocument(query, cached, body.top ?? null));
      } catch (error) {
        throw error instanceof NoAnswerError ? noAnswer(error) : error;
      }
    },
  }),
];

async function publishedIndex({ store }: ApiContext): Promise<IndexDocument> {
  const index = await readIndex(store);
  if (index === null) throw notFound("published data: nothing was collected yet");
  return index;
}

const textOf = (money: Money | null): string | null => (money === null ? null : moneyText(money));

/** Why a query was not answered, without the source's own words: they may name accounts. */
function noAnswer({ failure, cause }: NoAnswerError): ApiProblem {
  const sentence = REFUSED[failure];
  if (sentence !== undefined) return badRequest(sentence);
  return new ApiProblem(
    "unavailable",
    "The bill did not answer, and no earlier answer is kept. Try again in a minute.",
    {
      retryAfter: 60,
      cause,
    },
  );
}

const REFUSED: Partial<Record<CostSourceFailure, string>> = {
  validation: "The bill refused this query as wrong. Check its days, its groupings and its filter.",
  "out-of-history": "The bill's history does not go back so far. Choose a later start.",
  incomplete: "Some charges of these days have no cost in this metric. Choose another metric.",
  currency: "The charges of these days are in several currencies, which are never added.",
};
