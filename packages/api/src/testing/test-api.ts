import { parseMoney } from "@dapanoskop/core/money";
import type { CostAnswer, CostQuery, CostSource } from "@dapanoskop/core/source";
import { type MemoryState, memoryState } from "@dapanoskop/core/state";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { type TestClock, testClock } from "@dapanoskop/core/testing";
import { memoryStore } from "@dapanoskop/dataset/store";
import { type MemoryPlanFiles, memoryPlanFiles, planReader, publishedPrices } from "@dapanoskop/plans";
import { scanner } from "@dapanoskop/scan";
import { installedGrammar } from "@dapanoskop/scan/grammar";
import { type AnsweredRequest, apiHandler } from "../api-handler.ts";
import { ApiProblem } from "../api-problem.ts";
import type { Caller, Scope } from "../caller.ts";

/** An API in memory, for callers whose names stand in the Authorization header. */
export interface TestApi {
  readonly state: MemoryState;
  readonly files: MemoryPlanFiles;
  readonly clock: TestClock;
  readonly lines: readonly AnsweredRequest[];
  readonly failures: readonly unknown[];
  /** The queries that the bill was asked. */
  readonly queries: readonly CostQuery[];
  /** What the bill does from now on. */
  answerQueries(by: (query: CostQuery) => Promise<CostAnswer>): void;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  send(as: string, method: string, path: string, body?: unknown): Promise<TestAnswer>;
}

export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects.
  readonly body: any;
  readonly text: string;
}

export interface TestApiOptions {
  /** By the name in the Authorization header. */
  readonly callers?: Readonly<Record<string, TestCaller>>;
  readonly store?: ArtifactStore;
  readonly state?: MemoryState;
  readonly files?: MemoryPlanFiles;
  readonly clock?: TestClock;
}

export interface TestCaller {
  readonly scopes?: readonly Scope[];
  readonly groups?: readonly string[];
}

/** One for all tests: the grammar is loaded once. */
const scan = scanner(installedGrammar);

const CALLERS: Readonly<Record<string, TestCaller>> = { alice: {}, bob: {} };

export function testApi(options: TestApiOptions = {}): TestApi {
  const { callers = CALLERS, store = memoryStore({ place: "here" }) } = options;
  const { state = memoryState(), files = memoryPlanFiles(), clock = testClock() } = options;
  const lines: AnsweredRequest[] = [];
  const failures: unknown[] = [];
  const queries: CostQuery[] = [];
  let answerQuery = async (query: CostQuery): Promise<CostAnswer> => ({
    rows: [
      {
        day: query.window.start,
        keys: query.groupBy.map(() => null),
        cost: parseMoney("1.00", "USD"),
        quantity: null,
      },
    ],
    estimated: [],
  });
  const handle = apiHandler({
    state,
    files,
    store,
    plans: planReader(
      publishedPrices(store, () => Promise.reject(new TypeError("This store has no parquet file."))),
    ),
    scan,
    bill: { scope: "111122223333", pagePrice: "0.01", open: () => source() },
    runtime: {
      clock,
      random: { fraction: () => 0.5, bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) },
    },
    authenticate: async (request) => {
      const name = request.headers.get("authorization") ?? "";
      const caller = Object.hasOwn(callers, name) ? callers[name] : undefined;
      if (caller === undefined) throw new ApiProblem("unauthenticated", "Who are you?");
      return callerNamed(name, caller);
    },
    log: {
      answered: (line) => lines.push(line),
      failed: (_, failure) => failures.push(failure),
    },
  });

  function source(): CostSource {
    const no = () => Promise.reject(new Error("Nobody asks this."));
    return {
      query(query) {
        queries.push(query);
        return answerQuery(query);
      },
      forecast: no,
      costCategories: no,
      splitCharges: no,
      requestCosts: { pages: 1, other: 0, priceUsd: parseMoney("0.01", "USD") },
    };
  }

  let requests = 0;
  const fetch: TestApi["fetch"] = (path, init) =>
    handle(new Request(`https://api.invalid/api${path}`, init), `r-${++requests}`);
  return {
    state,
    files,
    clock,
    lines,
    failures,
    queries,
    answerQueries(by) {
      answerQuery = by;
    },
    fetch,
    async send(as, method, path, body) {
      const response = await fetch(path, {
        method,
        headers: { authorization: as, ...(body === undefined ? {} : { "content-type": "application/json" }) },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return {
        status: response.status,
        headers: response.headers,
        text,
        body: text === "" ? null : JSON.parse(text),
      };
    },
  };
}

function callerNamed(name: string, { scopes = ["read", "write", "plans"], groups = [] }: TestCaller): Caller {
  const own = { name: `user:${name}`, owner: `user:${name}` };
  const others = groups.map((group) => ({ name: `group:${group}`, owner: `group:${group}` }));
  return { subject: own.owner, owners: [own, ...others], scopes: new Set(scopes) };
}
