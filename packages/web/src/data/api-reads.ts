import {
  type BudgetDocument,
  budgetAlerts,
  budgetDocument,
  budgetList,
  driftFindings,
  driftProjects,
  type NewBudgetDocument,
  openPlans,
  type PlanSummary,
  planAnswer,
  planComparison,
  planList,
  planSummary,
} from "@dapanoskop/api/documents";
import * as v from "valibot";
import { type Api, apiPath } from "./api.ts";

/** A part of a list. `next_cursor` asks for the next part; `null`: this is the last. */
export interface ListPart<Item> {
  readonly items: readonly Item[];
  readonly next_cursor: string | null;
}

/** The given parameters as a query, without those that are `null`. */
function queryOf(parameters: Readonly<Record<string, string | null>>): string {
  const pairs = Object.entries(parameters).flatMap(([key, value]) => (value === null ? [] : [[key, value]]));
  return pairs.length === 0 ? "" : `?${new URLSearchParams(pairs)}`;
}

/** Checks an answer by its schema. Only what pages open needs schemas, so the first figure does not wait for them. */
const get = <Schema extends v.GenericSchema>(
  api: Api,
  path: string,
  schema: Schema,
): Promise<v.InferOutput<Schema>> => api.request({ method: "GET", path }, v.parser(schema));

/** Plans, newest first. @param project `null`: of every project */
export const readPlans = (api: Api, project: string | null, cursor: string | null) =>
  get(api, `/plans${queryOf({ project, cursor })}`, planList);

/** What the open plans would add to a month. */
export const readOpenPlans = (api: Api) => get(api, "/open-plans", openPlans);

export const readPlan = (api: Api, id: string) => get(api, apiPath("plans", id), planAnswer);

export const readComparison = (api: Api, id: string, other: string) =>
  get(api, `${apiPath("plans", id, "comparison")}${queryOf({ with: other })}`, planComparison);

/** Says that a plan was applied or dropped; `open` takes it back. */
export const settlePlan = (
  api: Api,
  id: string,
  state: "open" | "applied" | "dropped",
): Promise<PlanSummary> =>
  api.request({ method: "PUT", path: apiPath("plans", id, "state"), body: { state } }, v.parser(planSummary));

/** Approves a plan, or withdraws the approval. */
export const approvePlan = (api: Api, id: string, approved: boolean): Promise<PlanSummary> =>
  api.request(
    { method: "PUT", path: apiPath("plans", id, "approval"), body: { approved } },
    v.parser(planSummary),
  );

export const readBudgets = (api: Api) => get(api, "/budgets", budgetList);

export const readBudget = (api: Api, id: string) => get(api, apiPath("budgets", id), budgetDocument);

/** The thresholds that a budget reached in the running period and the one before, newest first. */
export const readBudgetAlerts = (api: Api, id: string) =>
  get(api, apiPath("budgets", id, "alerts"), budgetAlerts);

export const createBudget = (api: Api, body: NewBudgetDocument): Promise<BudgetDocument> =>
  api.request({ method: "POST", path: "/budgets", body }, v.parser(budgetDocument));

/** @param version of the budget that the reader saw: it is not changed where somebody else changed it in between */
export const changeBudget = (
  api: Api,
  id: string,
  budget: NewBudgetDocument,
  version: string,
): Promise<BudgetDocument> => {
  const { id: _, ...fields } = budget;
  return api.request(
    { method: "PUT", path: apiPath("budgets", id), body: { ...fields, version } },
    v.parser(budgetDocument),
  );
};

export const deleteBudget = (api: Api, id: string): Promise<void> =>
  api.request({ method: "DELETE", path: apiPath("budgets", id) }, () => undefined);

/** How each project stands: its newest scan, and the newest that did not fail. */
export const readDriftProjects = (api: Api) => get(api, "/drift/projects", driftProjects);

export const readDriftFindings = (api: Api, project: string | null, cursor: string | null) =>
  get(api, `/drift${queryOf({ project, cursor })}`, driftFindings);
