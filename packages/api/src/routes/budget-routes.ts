import {
  type AlertState,
  alertStates,
  BudgetInputError,
  budgetOf,
  budgetsOf,
  deleteBudget,
  type KeptBudget,
  parseBudget,
  putBudget,
  readBudgetFigures,
} from "@dapanoskop/budgets";
import { type BudgetFigures, type BudgetState, budgetLimit, budgetState } from "@dapanoskop/core/budget";
import { type Money, magnitude, moneyText } from "@dapanoskop/core/money";
import * as v from "valibot";
import { ApiProblem, badRequest, notFound } from "../api-problem.ts";
import {
  type BudgetAlertDocument,
  type BudgetDocument,
  budgetAlerts,
  budgetChange,
  budgetDocument,
  budgetList,
  newBudget,
} from "../documents/index.ts";
import { answer, done, type Route, type RouteRequest, route } from "../route.ts";

const LARGEST = 65_536;

const params = { id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/)) };

export const budgetRoutes: readonly Route[] = [
  route({
    operation: "listBudgets",
    method: "GET",
    path: "/budgets",
    summary: "Lists budgets, each with how it stands in its running period.",
    scopes: ["read"],
    answers: { 200: budgetList },
    async handle({ api, owner, at }) {
      const [kept, figures] = await Promise.all([
        budgetsOf(owner, api.state),
        readBudgetFigures(api.store, at),
      ]);
      return answer({ items: kept.map((one) => document(one, figures, at)) });
    },
  }),
  route({
    operation: "createBudget",
    method: "POST",
    path: "/budgets",
    summary: "Creates a budget. Without an id it gets one from its name.",
    scopes: ["write"],
    body: { kind: "json", schema: newBudget, limit: LARGEST },
    answers: { 201: budgetDocument },
    async handle(request) {
      const { id, ...fields } = request.body;
      const saved = await save(request, { id: id ?? idOf(fields.name), ...fields }, "create");
      if (saved === null) {
        throw new ApiProblem(
          "conflict",
          `There is a budget ${id ?? idOf(fields.name)} already. Choose another id, or change that one.`,
        );
      }
      return answer(saved, 201);
    },
  }),
  route({
    operation: "showBudget",
    method: "GET",
    path: "/budgets/{id}",
    summary: "Shows a budget and how it stands.",
    scopes: ["read"],
    params,
    answers: { 200: budgetDocument },
    handle: async (request) => answer(await shown(request)),
  }),
  route({
    operation: "changeBudget",
    method: "PUT",
    path: "/budgets/{id}",
    summary: "Replaces a budget. With version, only where nobody changed it since.",
    scopes: ["write"],
    params,
    body: { kind: "json", schema: budgetChange, limit: LARGEST },
    answers: { 200: budgetDocument },
    async handle(request) {
      const {
        api,
        owner,
        params: { id = "" },
        body: { version, ...fields },
      } = request;
      if ((await budgetOf(owner, id, api.state)) === null) throw notFound("budget");
      const saved = await save(request, { id, ...fields }, "replace", version);
      if (saved === null) {
        throw new ApiProblem(
          "conflict",
          "Somebody changed the budget meanwhile. Read it again, and repeat your change.",
        );
      }
      return answer(saved);
    },
  }),
  route({
    operation: "deleteBudget",
    method: "DELETE",
    path: "/budgets/{id}",
    summary: "Deletes a budget.",
    scopes: ["write"],
    params,
    answers: { 204: null },
    async handle({ api, owner, params: { id = "" } }) {
      if (!(await deleteBudget(owner, id, api.state))) throw notFound("budget");
      return done;
    },
  }),
  route({
    operation: "listBudgetAlerts",
    method: "GET",
    path: "/budgets/{id}/alerts",
    summary: "Lists the thresholds that were reached in the running period and the one before, newest first.",
    scopes: ["read"],
    params,
    answers: { 200: budgetAlerts },
    async handle({ api, owner, params: { id = "" }, at }) {
      const kept = await budgetOf(owner, id, api.state);
      if (kept === null) throw notFound("budget");
      const alerts = await alertStates(owner, kept, api.state, at);
      return answer({ items: alerts.toReversed().map(alertDocument) });
    },
  }),
];

type BudgetRequest = RouteRequest<unknown, unknown>;

/** @returns `null` where the id exists already, or not any more */
async function save(
  { api, owner, at }: BudgetRequest,
  input: unknown,
  mode: "create" | "replace",
  version?: string,
): Promise<BudgetDocument | null> {
  try {
    const budget = parseBudget(input);
    const options = version === undefined ? { at, mode } : { at, mode, version };
    if ((await putBudget(owner, budget, api.state, options)) === "refused") return null;
    const kept = await budgetOf(owner, budget.id, api.state);
    return kept === null ? null : document(kept, await readBudgetFigures(api.store, at), at);
  } catch (error) {
    if (!(error instanceof BudgetInputError)) throw error;
    throw error.fault === "invalid" ? badRequest(error.message) : new ApiProblem("conflict", error.message);
  }
}

async function shown({ api, owner, params: { id = "" }, at }: BudgetRequest): Promise<BudgetDocument> {
  const kept = await budgetOf(owner, id, api.state);
  if (kept === null) throw notFound("budget");
  return document(kept, await readBudgetFigures(api.store, at), at);
}

/** `Team Ü, 2026` becomes `team-2026`. */
const idOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 40) || "budget";

function document(kept: KeptBudget, figures: BudgetFigures, at: string): BudgetDocument {
  const { budget, createdAt } = kept;
  return {
    ...budget,
    thresholds: budget.thresholds.map(({ of, percent }) => ({ of, percent: Number(percent) })),
    audiences: [...budget.audiences],
    created_at: createdAt,
    version: kept.version,
    state: standing(budgetState(budget, figures, at)),
  };
}

function standing({
  budget,
  periodStart,
  status,
  actual,
  forecast,
  forecastStatus,
  why,
  completeThrough,
}: BudgetState): BudgetDocument["state"] {
  return {
    period_start: periodStart,
    status,
    actual: textOf(actual),
    actual_percent: actual === null ? null : percentText(actual, budgetLimit(budget)),
    forecast:
      forecast === null
        ? null
        : { total: moneyText(forecast.total), low: textOf(forecast.low), high: textOf(forecast.high) },
    forecast_status: forecastStatus,
    why,
    complete_through: completeThrough,
  };
}

const textOf = (money: Money | null): string | null => (money === null ? null : moneyText(money));

/** Of the limit, with one decimal, half away from zero. */
function percentText(actual: Money, limit: Money): string {
  const tenths = (magnitude(actual.units) * 2_000n + limit.units) / (2n * limit.units);
  const digits = String(tenths).padStart(2, "0");
  return `${actual.units < 0n && tenths > 0n ? "-" : ""}${digits.slice(0, -1)}.${digits.slice(-1)}`;
}

const alertDocument = ({ alert, sent }: AlertState): BudgetAlertDocument => {
  const { budget, of, periodStart, percent, reachedAt, actual, forecast, outcome } = alert;
  return {
    budget: budget.id,
    period_start: periodStart,
    of,
    percent: Number(percent),
    reached_at: reachedAt,
    amount: textOf(of === "actual" ? actual : (forecast?.total ?? null)),
    limit: budget.limit,
    currency: budget.currency,
    passed: outcome === "passed",
    sent: sent.map(({ audience, state }) => ({ audience, state })),
  };
};
