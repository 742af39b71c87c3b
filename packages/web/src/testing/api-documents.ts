import type {
  BudgetDocument,
  DriftFindingDocument,
  DriftScanDocument,
  PlanAnswer,
  PlanSummary,
} from "@dapanoskop/api/documents";
import { type Api, makeApi } from "../data/api.ts";
import { noSession } from "../session/session.ts";

/** What the API answers: an answer for each `METHOD /path?query`, below `/api`. A function gets the request's body. */
export type ApiAnswers = Readonly<Record<string, unknown | ((body: unknown) => unknown)>>;

/** An API with these answers, and the requests that it got. What it was not given answers 404. */
export function anApi(answers: ApiAnswers): { readonly api: Api; readonly requests: readonly string[] } {
  const requests: string[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = `${init?.method ?? "GET"} ${String(input).replace(/^\/api/, "")}`;
    requests.push(request);
    if (!Object.hasOwn(answers, request))
      return Response.json({ error: "not_found", message: "There is nothing here." }, { status: 404 });
    const answer = answers[request];
    const body: unknown =
      typeof answer === "function" ? answer(JSON.parse(String(init?.body ?? "null"))) : answer;
    return body instanceof Response ? body : Response.json(body);
  };
  return { api: makeApi(fetch, { ...noSession, hasApi: async () => true }), requests };
}

const NO_COUNTS = {
  create: 0,
  update: 0,
  delete: 0,
  replace: 0,
  read: 0,
  import: 0,
  move: 0,
  forget: 0,
  no_op: 0,
  outputs: 0,
  other: 0,
};

const COST: PlanSummary["cost"] = {
  currency: "USD",
  monthly_before: "0",
  monthly_after: "0",
  monthly_delta: "0",
  one_time: "0",
  partial: false,
  priced: 0,
  usage_based: 0,
  free: 0,
  unsupported: 0,
  unknown: 0,
};

type OwnPlan = Partial<Omit<PlanSummary, "cost" | "counts">> & {
  readonly cost?: Partial<PlanSummary["cost"]>;
  readonly counts?: Partial<PlanSummary["counts"]>;
};

/** What is kept of a plan that changes nothing. */
export const aPlanSummary = ({ cost, counts, ...own }: OwnPlan = {}): PlanSummary => ({
  id: "1".repeat(32),
  project: "shop",
  uploaded_at: "2026-03-07T10:00:00Z",
  fingerprint: "a".repeat(64),
  kind: "plan",
  tool: "terraform",
  tool_version: "1.11.4",
  complete: true,
  drift: { changed: 0, deleted: 0 },
  state: "open",
  settled_at: null,
  approval: null,
  ...own,
  counts: { ...NO_COUNTS, ...counts },
  cost: { ...COST, ...cost },
});

type PlannedResource = PlanAnswer["document"]["resources"][number];

/** A resource that costs nothing. */
export const aResource = (own: Partial<PlannedResource> = {}): PlannedResource => ({
  address: "aws_iam_role.app",
  type: "aws_iam_role",
  action: "create",
  region: "us-east-1",
  status: "free",
  workload: null,
  tag: "absent",
  cost_center: null,
  monthly_before: "0",
  monthly_after: "0",
  monthly_delta: "0",
  parts: [],
  notes: [],
  ...own,
});

type PlanPart = PlannedResource["parts"][number];

/** A charge of 730 hours at a list price. */
export const aPart = (own: Partial<PlanPart> = {}): PlanPart => ({
  name: "Hours",
  unit: "Hrs",
  usage_based: false,
  one_time: false,
  quantity_before: "0",
  quantity_after: "730",
  monthly_before: "0",
  monthly_after: "32.85",
  monthly_delta: "32.85",
  price: "0.045",
  price_origin: { kind: "list", day: "2026-02-01" },
  ...own,
});

/** A plan with these resources. */
export function aPlan(
  own: OwnPlan &
    Partial<Pick<PlanAnswer["document"], "resources" | "warnings" | "by_cost_center">> & {
      readonly driftResources?: PlanAnswer["document"]["drift"]["resources"];
    } = {},
): PlanAnswer {
  const { resources = [], warnings = [], by_cost_center = [], driftResources = [], ...rest } = own;
  const summary = aPlanSummary(rest);
  return {
    summary,
    document: {
      schema: 1,
      tool: summary.tool,
      tool_version: summary.tool_version,
      format_version: "1.2",
      kind: summary.kind,
      complete: summary.complete,
      fingerprint: summary.fingerprint,
      counts: summary.counts,
      drift: { ...summary.drift, resources: driftResources },
      cost: summary.cost,
      resources,
      by_cost_center,
      warnings,
    },
  };
}

const CREATED = { created_at: "2026-02-01T09:00:00Z" };

type OwnBudget = Partial<Omit<BudgetDocument, "state">> & {
  readonly state?: Partial<BudgetDocument["state"]>;
};

/** A budget of $1,000 for the whole bill, on track. */
export const aBudget = ({ state, ...own }: OwnBudget = {}): BudgetDocument => ({
  id: "whole-bill",
  name: "Whole bill",
  scope: { kind: "everything" },
  period: "month",
  limit: "1000.00",
  currency: "USD",
  thresholds: [
    { of: "actual", percent: 80 },
    { of: "actual", percent: 100 },
    { of: "forecast", percent: 100 },
  ],
  audiences: ["finance"],
  rearm: false,
  version: "1",
  ...CREATED,
  ...own,
  state: {
    period_start: "2026-03",
    status: "on_track",
    actual: "251.25",
    actual_percent: "25.1",
    forecast: { total: "900", low: "850.5", high: "960" },
    forecast_status: "known",
    why: null,
    complete_through: "2026-03-06",
    ...state,
  },
});

/** A scan that found nothing. */
export const aDriftScan = (own: Partial<DriftScanDocument> = {}): DriftScanDocument => ({
  id: "scan-1",
  project: "shop",
  scanned_at: "2026-03-08T03:00:00Z",
  status: "no_drift",
  reason: null,
  currency: "USD",
  counts: { cost: 0, allocation: 0, other: 0, ignored: 0 },
  monthly_delta: "0",
  partial: false,
  ...own,
});

/** An instance that somebody enlarged. */
export const aFinding = (own: Partial<DriftFindingDocument> = {}): DriftFindingDocument => ({
  id: "finding-1",
  project: "shop",
  address: "aws_instance.web",
  deposed: null,
  type: "aws_instance",
  change: "changed",
  moves_cost: false,
  severity: "cost",
  paths: ["instance_type"],
  monthly_delta: "553.048",
  first_seen: "2026-03-05T03:00:00Z",
  last_seen: "2026-03-08T03:00:00Z",
  resolved_at: null,
  ignored: false,
  ...own,
});
