import { DriftError, driftOf, IgnoreRuleError } from "@dapanoskop/core/drift";
import { priceResources } from "@dapanoskop/core/pricing";
import {
  addIgnoreRule,
  type DriftScanResult,
  driftFindings,
  driftProjects,
  ignoreRulesIn,
  type KeptDriftFinding,
  type KeptDriftScan,
  type KeptIgnoreRule,
  keptIgnoreRules,
  type PricedPlan,
  recordDriftScan,
  removeIgnoreRule,
} from "@dapanoskop/plans";
import * as v from "valibot";
import { badRequest, notFound } from "../api-problem.ts";
import { pageOfItems, pageQuery } from "../cursor/page.ts";
import {
  type DriftFindingDocument,
  type DriftScanDocument,
  driftFailure,
  driftFindings as driftFindingsDocument,
  driftProjects as driftProjectsDocument,
  driftScan,
  type IgnoreRuleDocument,
  ignoreRule,
  ignoreRuleChange,
  ignoreRules,
} from "../documents/index.ts";
import { project } from "../documents/parts.ts";
import { LONGEST_PLAN } from "../http/read-body.ts";
import { countUse, limits } from "../limits.ts";
import { answer, done, type Route, type RouteRequest, route } from "../route.ts";
import { readUpload, region } from "./read-upload.ts";

const SMALL = 16_384;

export const driftRoutes: readonly Route[] = [
  route({
    operation: "uploadDriftScan",
    method: "POST",
    path: "/drift",
    summary:
      "Records a scan: the body is a plan, refresh-only or not, as terraform show -json gives it. A plan that is errored or leaves resources out is a failed scan: it resolves nothing.",
    scopes: ["write", "plans"],
    query: { project, region },
    body: { kind: "plan", limit: LONGEST_PLAN },
    answers: { 201: driftScan },
    async handle(request) {
      const { api, owner, query, body, at } = request;
      await countUse(limits.uploads, owner, api.state, at);
      const rules = await keptIgnoreRules(api.state, owner, query.project);
      const priced = await readUpload(api, body, query.region);
      return record(request, query.project, scanResult(priced, rules));
    },
  }),
  route({
    operation: "reportFailedDriftScan",
    method: "POST",
    path: "/drift/failures",
    summary: "Records that a scan failed: what drifted is not known, and the last good scan stays.",
    scopes: ["write", "plans"],
    body: { kind: "json", schema: driftFailure, limit: SMALL },
    answers: { 201: driftScan },
    async handle(request) {
      const { api, owner, body, at } = request;
      await countUse(limits.uploads, owner, api.state, at);
      return record(request, body.project, { reason: body.reason });
    },
  }),
  route({
    operation: "listDriftProjects",
    method: "GET",
    path: "/drift/projects",
    summary:
      "Says how each project stands: its newest scan, and where that one failed the newest that did not.",
    scopes: ["read", "plans"],
    answers: { 200: driftProjectsDocument },
    async handle({ api, owner }) {
      const projects = await driftProjects(api.state, owner);
      return answer({
        items: projects.map(({ project: name, latest, last_good: lastGood }) => ({
          project: name,
          latest: scanDocument(name, latest),
          last_good: lastGood === null ? null : scanDocument(name, lastGood),
        })),
      });
    },
  }),
  route({
    operation: "listDrift",
    method: "GET",
    path: "/drift",
    summary: "Lists drifted resources, those that are not resolved first: of one project, or of all.",
    scopes: ["read", "plans"],
    query: { ...pageQuery, project: v.optional(project) },
    answers: { 200: driftFindingsDocument },
    async handle(request) {
      const { api, owner, query } = request;
      const names =
        query.project === undefined
          ? (await driftProjects(api.state, owner)).map((one) => one.project)
          : [query.project];
      const found = await Promise.all(
        names.map(async (name) =>
          (await driftFindings(api.state, owner, name)).map((finding) => findingDocument(name, finding)),
        ),
      );
      const items = found.flat().sort((a, b) => (findingPosition(a) < findingPosition(b) ? -1 : 1));
      const list = JSON.stringify(["drift", query.project ?? null]);
      return answer(await pageOfItems(items, request, list, { position: findingPosition }));
    },
  }),
  route({
    operation: "listIgnoreRules",
    method: "GET",
    path: "/drift/ignore-rules",
    summary: "Lists the rules of a project: drift that somebody accepts.",
    scopes: ["read", "plans"],
    query: { project },
    answers: { 200: ignoreRules },
    async handle({ api, owner, query }) {
      const kept = await keptIgnoreRules(api.state, owner, query.project);
      return answer({ items: kept.map(ruleDocument) });
    },
  }),
  route({
    operation: "addIgnoreRule",
    method: "POST",
    path: "/drift/ignore-rules",
    summary: "Adds a rule to a project. It counts from the next scan on; the same rule is kept once.",
    scopes: ["write"],
    body: { kind: "json", schema: ignoreRuleChange, limit: SMALL },
    answers: { 201: ignoreRule },
    async handle({ api, owner, body, at }) {
      try {
        return answer(ruleDocument(await addIgnoreRule(api.state, owner, { ...body, at })), 201);
      } catch (error) {
        if (error instanceof IgnoreRuleError) throw badRequest(error.message);
        throw error;
      }
    },
  }),
  route({
    operation: "deleteIgnoreRule",
    method: "DELETE",
    path: "/drift/ignore-rules/{id}",
    summary: "Deletes a rule of a project.",
    scopes: ["write"],
    params: { id: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)) },
    query: { project },
    answers: { 204: null },
    async handle({ api, owner, params: { id = "" }, query }) {
      if (!(await removeIgnoreRule(api.state, owner, query.project, id))) throw notFound("rule");
      return done;
    },
  }),
];

async function record(
  { api, owner, at }: RouteRequest<unknown, unknown>,
  name: string,
  result: DriftScanResult,
) {
  const kept = await recordDriftScan(api.state, owner, { project: name, at, result });
  return answer(scanDocument(name, kept), 201);
}

function scanResult(
  { plan, pricing, allocation }: PricedPlan,
  rules: readonly KeptIgnoreRule[],
): DriftScanResult {
  const options = {
    price: (changes: Parameters<typeof priceResources>[0]["changes"]) =>
      priceResources({ ...pricing, changes }),
    tagKey: allocation.tagKey,
    rules: ignoreRulesIn(rules),
  };
  try {
    return { report: driftOf(plan, options) };
  } catch (error) {
    if (error instanceof DriftError) return { reason: error.message };
    throw error;
  }
}

const scanDocument = (name: string, kept: KeptDriftScan): DriftScanDocument => ({ project: name, ...kept });

const findingDocument = (name: string, finding: KeptDriftFinding): DriftFindingDocument => ({
  ...finding,
  project: name,
});

const ruleDocument = ({ id, project: name, rule, created_at }: KeptIgnoreRule): IgnoreRuleDocument => ({
  id,
  project: name,
  rule,
  created_at,
});

/** Not resolved before resolved, then by project and address. */
const findingPosition = ({ resolved_at, project: name, address, id }: DriftFindingDocument): string =>
  JSON.stringify([resolved_at === null ? 0 : 1, name, address, id]);
