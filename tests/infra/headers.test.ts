import fs from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { memoryStore } from "@dapanoskop/dataset/store";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { buildPageWhenNeeded } from "../../scripts/build-page.mjs";
import { type Edge, startEdge } from "../support/edge.ts";
import { type RawResponse, rawRequest } from "../support/raw-request.ts";

// MDN's HTTP Observatory grades the headers of the deployment, as the edge of the tests sends them. `npm run test:infra`
// installs the package with those of infra/.

const OBSERVATORY = "@mdn/mdn-http-observatory";

/** 100 for a page without a fault, and 30 for what is not required. */
const AT_LEAST = 130;

const require = createRequire(new URL("../../infra/package.json", import.meta.url));
const isInstalled = (() => {
  try {
    return require.resolve(OBSERVATORY) !== "";
  } catch {
    return false;
  }
})();

const missing = isInstalled ? "" : `${OBSERVATORY} is not installed: npm run test:infra installs it.`;

interface Finding {
  result: string;
  pass: boolean;
}

/** The parts of the package that need no network: its tests, and the points of each finding. */
interface Observatory {
  readonly ALL_TESTS: readonly ((requests: unknown) => Finding)[];
  readonly Requests: new (
    hostname: string,
  ) => {
    responses: Record<string, unknown>;
    resources: { path: string | null };
    session: unknown;
  };
  readonly Session: new (
    url: typeof URL_OF_PAGE,
  ) => { readonly jar: { setCookieSync(cookie: string, url: string): unknown } };
  /** Below this score, extra points do not count. */
  readonly MINIMUM_SCORE_FOR_EXTRA_CREDIT: number;
  readonly getScoreModifier: (finding: string) => number;
  readonly getGradeForScore: (score: number) => { readonly grade: string };
}

async function observatory(): Promise<Observatory> {
  const parts = ["constants", "types", "retriever/session", "grader/charts", "grader/grader"].map(
    (part) => import(pathToFileURL(require.resolve(`${OBSERVATORY}/src/${part}.js`)).href),
  );
  return Object.assign({}, ...(await Promise.all(parts)));
}

const HOST = "costs.example.org";
const URL_OF_PAGE = new URL(`https://${HOST}/`);

let edge: Edge;
let experts: Observatory;

beforeAll(async () => {
  // The package would download a list of preloaded hosts, and a new deployment is not on it.
  const read = fs.readFileSync;
  vi.spyOn(fs, "readFileSync").mockImplementation((...given) =>
    String(given[0]).endsWith("hsts-preload.json") ? "{}" : read(...given),
  );
  buildPageWhenNeeded();
  const store = memoryStore({ place: "memory" });
  await store.overwrite("index.json", {
    body: new TextEncoder().encode("{}"),
    contentType: "application/json",
  });
  edge = await startEdge({ store });
  experts = await observatory();
});
afterAll(async () => {
  vi.restoreAllMocks();
  await edge?.close();
});

/**
 * The score, as the package's own scan counts it. That the certificate is valid and that plain HTTP is redirected is
 * assumed: only AWS can show it.
 */
function graded({ status, headers, body }: RawResponse): { score: number; grade: string; failed: string[] } {
  const requests = new experts.Requests(HOST);
  const response = {
    status,
    headers,
    data: body,
    verified: true,
    request: { headers: {} },
    httpEquiv: new Map(),
  };
  requests.responses = {
    auto: response,
    https: response,
    cors: response,
    http: { ...response, verified: true },
    httpRedirects: [
      { url: new URL(`http://${HOST}/`), status: 301 },
      { url: URL_OF_PAGE, status },
    ],
    httpsRedirects: [{ url: URL_OF_PAGE, status }],
  };
  requests.resources.path = body;
  requests.session = Object.assign(new experts.Session(URL_OF_PAGE), { url: URL_OF_PAGE });
  const findings = experts.ALL_TESTS.map((test) => test(requests));
  const worth = findings.map(({ result }) => experts.getScoreModifier(result));
  const sum = (modifiers: readonly number[]) => modifiers.reduce((total, each) => total + each, 100);
  const faulty = sum(worth.filter((modifier) => modifier < 0));
  const score = faulty >= experts.MINIMUM_SCORE_FOR_EXTRA_CREDIT ? sum(worth) : faulty;
  return {
    score,
    grade: experts.getGradeForScore(score).grade,
    failed: findings.filter(({ pass }) => !pass).map(({ result }) => result),
  };
}

describe.skipIf(!isInstalled)(`MDN's HTTP Observatory. ${missing}`, () => {
  it("gives the page its best grade", async () => {
    const answer = await rawRequest(`${edge.origin}/`);
    expect(answer.status).toBe(200);
    const { score, grade, failed } = graded(answer);
    expect(failed).toEqual([]);
    expect(score).toBeGreaterThanOrEqual(AT_LEAST);
    expect(grade).toBe("A+");
  });

  it("gives the data its best grade, with and without a session", async () => {
    const shown = await rawRequest(`${edge.origin}/data/index.json`, { cookie: await edge.dataCookies() });
    const refused = await rawRequest(`${edge.origin}/data/index.json`);
    expect([shown.status, refused.status]).toEqual([200, 403]);
    for (const answer of [shown, refused]) {
      const { score, grade, failed } = graded(answer);
      expect(failed).toEqual([]);
      expect(score).toBeGreaterThanOrEqual(AT_LEAST);
      expect(grade).toBe("A+");
    }
  });
});
