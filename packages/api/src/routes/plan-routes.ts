import { type Money, moneyText, parseMoney, sum } from "@dapanoskop/core/money";
import { comparePlans } from "@dapanoskop/core/plan";
import {
  changeKeptPlan,
  deleteKeptPlan,
  type KeptPlan,
  type KeptPlanState,
  keepPlan,
  keptPlan,
  keptPlanDocument,
  keptPlanStates,
  keptPlans,
  type Owner,
  readablePlans,
} from "@dapanoskop/plans";
import * as v from "valibot";
import type { ApiContext } from "../api-context.ts";
import { notFound } from "../api-problem.ts";
import { pageOfItems, pageQuery } from "../cursor/page.ts";
import {
  openPlans,
  type PlanSummary,
  planAnswer,
  planApprovalChange,
  planComparison,
  planId,
  planList,
  planStateChange,
  planStates,
} from "../documents/index.ts";
import { project } from "../documents/parts.ts";
import { LONGEST_PLAN } from "../http/read-body.ts";
import { countUse, limits } from "../limits.ts";
import { answer, done, type Route, type RouteRequest, route } from "../route.ts";
import { readUpload, region } from "./read-upload.ts";

/** A body of a few fields. */
const SMALL = 16_384;

const params = { id: planId };

export const planRoutes: readonly Route[] = [
  route({
    operation: "uploadPlan",
    method: "POST",
    path: "/plans",
    summary:
      "Keeps a plan, redacted. The body is the output of terraform show -json. 200: the project has the same plan already, and nothing changed.",
    scopes: ["write", "plans"],
    query: { project, region },
    body: { kind: "plan", limit: LONGEST_PLAN },
    answers: { 200: planAnswer, 201: planAnswer },
    async handle({ api, owner, query, body, at }) {
      await countUse(limits.uploads, owner, api.state, at);
      const { document, redacted } = await readUpload(api, body, query.region);
      const kept = await keepPlan(api, owner, { project: query.project, document, redacted, at });
      const shown = kept.isNew ? document : ((await keptPlanDocument(api, owner, kept.plan)) ?? document);
      return answer(
        { summary: await summaryOf(api, owner, kept.plan, at), document: shown },
        kept.isNew ? 201 : 200,
      );
    },
  }),
  route({
    operation: "listPlans",
    method: "GET",
    path: "/plans",
    summary: "Lists plans, newest first.",
    scopes: ["read", "plans"],
    query: { ...pageQuery, project: v.optional(project), state: v.optional(v.picklist(planStates)) },
    answers: { 200: planList },
    async handle(request) {
      const { api, owner, query, at } = request;
      const found = (await summariesOf(api, owner, at)).filter(
        (plan) =>
          (query.project === undefined || plan.project === query.project) &&
          (query.state === undefined || plan.state === query.state),
      );
      const list = JSON.stringify(["plans", query.project ?? null, query.state ?? null]);
      return answer(await pageOfItems(found, request, list, { position: newestFirst }));
    },
  }),
  route({
    operation: "showOpenPlans",
    method: "GET",
    path: "/open-plans",
    summary: "Says what the open plans would add to a month.",
    scopes: ["read"],
    answers: { 200: openPlans },
    async handle({ api, owner, at }) {
      const plans = (await summariesOf(api, owner, at)).filter(({ state }) => state === "open");
      const deltas = new Map(plans.map((plan) => [plan.id, deltaOf(plan)]));
      const currencies = [...new Set(plans.map(({ cost }) => cost.currency))];
      const [currency = null] = currencies.length === 1 ? currencies : [];
      return answer({
        currency,
        monthly_delta: currency === null ? null : moneyText(sum(deltas.values(), currency)),
        partial: plans.some(({ cost }) => cost.partial),
        plans: [...plans].sort((a, b) => compareUnits(deltas.get(b.id), deltas.get(a.id))),
      });
    },
  }),
  route({
    operation: "showPlan",
    method: "GET",
    path: "/plans/{id}",
    summary: "Shows a plan with its resources, priced as it was when it was uploaded.",
    scopes: ["read", "plans"],
    params,
    answers: { 200: planAnswer },
    async handle({ api, owner, params: { id = "" }, at }) {
      const { plan, document } = await shownPlan(api, owner, id);
      return answer({ summary: await summaryOf(api, owner, plan, at), document });
    },
  }),
  route({
    operation: "comparePlans",
    method: "GET",
    path: "/plans/{id}/comparison",
    summary: "Says what differs between a plan and the plan `with`.",
    scopes: ["read", "plans"],
    params,
    query: { with: planId },
    answers: { 200: planComparison },
    async handle({ api, owner, params: { id = "" }, query }) {
      const [from, to] = await Promise.all([shownPlan(api, owner, id), shownPlan(api, owner, query.with)]);
      return answer(comparePlans(from.document, to.document));
    },
  }),
  route({
    operation: "settlePlan",
    method: "PUT",
    path: "/plans/{id}/state",
    summary: "Says that a plan was applied or dropped, or takes it back.",
    scopes: ["write", "plans"],
    params,
    body: { kind: "json", schema: planStateChange, limit: SMALL },
    answers: { 200: planAnswer.entries.summary },
    handle: (request) => {
      const { state } = request.body;
      return changed(request, { settled: state === "open" ? null : { as: state, at: request.at } });
    },
  }),
  route({
    operation: "approvePlan",
    method: "PUT",
    path: "/plans/{id}/approval",
    summary:
      "Approves a plan, or withdraws the approval. It is bound to the plan's content: another plan has none.",
    scopes: ["write"],
    params,
    body: { kind: "json", schema: planApprovalChange, limit: SMALL },
    answers: { 200: planAnswer.entries.summary },
    handle: (request) => {
      const { caller, body, at } = request;
      return changed(request, { approval: body.approved ? { by: caller.subject, at } : null });
    },
  }),
  route({
    operation: "deletePlan",
    method: "DELETE",
    path: "/plans/{id}",
    summary: "Deletes a plan and its file.",
    scopes: ["write"],
    params,
    answers: { 204: null },
    async handle({ api, owner, params: { id = "" } }) {
      if (!(await deleteKeptPlan(api, owner, id))) throw notFound("plan");
      return done;
    },
  }),
];

async function shownPlan(api: ApiContext, owner: Owner, id: string) {
  const plan = await keptPlan(api, owner, id);
  const document = plan === null ? null : await keptPlanDocument(api, owner, plan);
  if (plan === null || document === null) throw notFound("plan");
  return { plan, document };
}

async function changed(
  { api, owner, params: { id = "" }, at }: RouteRequest<unknown, unknown>,
  change: Parameters<typeof changeKeptPlan>[3],
) {
  const plan = await changeKeptPlan(api, owner, id, change);
  if (plan === null) throw notFound("plan");
  return answer(await summaryOf(api, owner, plan, at));
}

async function summariesOf(api: ApiContext, owner: Owner, at: string): Promise<readonly PlanSummary[]> {
  const plans = await keptPlans(api, owner);
  const states = keptPlanStates(plans, at);
  return plans.map((plan) => summary(plan, states.get(plan.id) ?? "superseded"));
}

async function summaryOf(api: ApiContext, owner: Owner, plan: KeptPlan, at: string): Promise<PlanSummary> {
  const states = keptPlanStates(await readablePlans(api, owner), at);
  return summary(plan, states.get(plan.id) ?? "superseded");
}

const summary = ({ schema: _, settled, ...plan }: KeptPlan, state: KeptPlanState): PlanSummary => ({
  ...plan,
  state,
  settled_at: settled?.at ?? null,
});

/** Later times first: the digits of a time count down. */
const newestFirst = ({ uploaded_at, id }: PlanSummary): string =>
  `${uploaded_at.replace(/\d/g, (digit) => String(9 - Number(digit)))} ${id}`;

const deltaOf = ({ cost }: PlanSummary): Money => parseMoney(cost.monthly_delta, cost.currency);

const compareUnits = (a: Money | undefined, b: Money | undefined): number =>
  (a?.units ?? 0n) < (b?.units ?? 0n) ? -1 : 1;
