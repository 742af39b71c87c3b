import { CostExplorerClient, CostExplorerServiceException } from "@aws-sdk/client-cost-explorer";
import type { RequestCosts } from "@dapanoskop/core/source";
import {
  BASES,
  clientSettings,
  type FailureClass,
  failureClassOf,
  LongAnswerError,
  type RetryPolicy,
  type Send,
  sendWithRetries,
  statusOf,
  timeoutsWithDefaults,
  transportRuntime,
} from "../transport/index.ts";
import type { CostExplorerOptions } from "./cost-explorer-options.ts";
import { configuredRegion, endpointOf, GOVCLOUD } from "./endpoint.ts";
import { costSourceError } from "./failure.ts";
import { oneCurrency, type ReadCost } from "./one-currency.ts";
import { type QueryContext, queryError } from "./query-context.ts";
import { requestCostsOf } from "./request-costs.ts";
import { BudgetError, requestGate } from "./request-limits.ts";
import { everything, type RequestScope } from "./request-scope.ts";

/** The SDK's client within the run's limits: one request in flight, paced, paid for from a budget, within the deadline. */
export interface CostExplorerConnection {
  /**
   * Requests one page.
   * @param send sends one command with the client and the options that it is given
   * @throws CostSourceError
   */
  call<Answer>(context: QueryContext, page: number, send: SendCommand<Answer>): Promise<Answer>;
  /** The part of the bill that every request is about. */
  readonly scope: RequestScope;
  /** Reads amounts in the one currency of the run. */
  readonly readCost: ReadCost;
  requestCosts(): RequestCosts;
}

type SendCommand<Answer> = (
  client: CostExplorerClient,
  ...options: Parameters<Send<Answer>>
) => Promise<Answer>;

// Cost Explorer's rate is not published. Eight attempts with these pauses last a minute and a half at most.
const POLICY: RetryPolicy = { ...BASES, attempts: 8, cap: 20_000 };

/** A page of 5,000 groups with long names has some 2 MB; in bytes. */
const LONGEST_PAGE = 32 << 20;

export function connectToCostExplorer(options: CostExplorerOptions): CostExplorerConnection {
  const { credentials, pageCeiling: ceiling = 500, stopBefore = 25_000 } = options;
  const timeouts = timeoutsWithDefaults(options.timeouts);
  const { clock, random, deadline: end } = transportRuntime(options);
  const deadline = { timeLeft: () => end.timeLeft() - stopBefore };
  const counted = { pages: 0, other: 0 };
  const requestCosts = () => requestCostsOf(counted.pages, counted.other);
  const gate = requestGate({
    requestsPerSecond: options.requestsPerSecond ?? 5,
    budgetLeft: () => ceiling - counted.pages - counted.other,
    elapsed: options.elapsed ?? (() => performance.now()),
    clock,
    deadline,
  });
  const inTurn = oneAtATime();
  const endpoint = once(async () => endpointOf(options.region ?? (await configuredRegion())));
  const client = new CostExplorerClient({
    region: async () => (await endpoint())?.region ?? "us-east-1",
    ...clientSettings(timeouts, { longestAnswer: LONGEST_PAGE }),
    ...(credentials === undefined ? {} : { credentials }),
  });
  let kind: "pages" | "other" = "pages";
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      if (succeeded(result.response)) counted[kind] += 1;
      return result;
    },
    // Before the answer is parsed: AWS charges for an answer that began with success, whether it arrives whole or not.
    { name: "dapanoskopCount", step: "deserialize", priority: "low" },
  );

  async function request<Answer>(context: QueryContext, page: number, send: SendCommand<Answer>) {
    const place = await endpoint();
    if (place === null) throw queryError("validation", context, GOVCLOUD);
    kind = COUNTED_AS_PAGES.has(context.operation) ? "pages" : "other";
    const paced: Send<Answer> = async (sendOptions) => {
      await gate();
      return send(client, sendOptions);
    };
    const settings = { policy: POLICY, timeouts, runtime: { clock, random, deadline } };
    const outcome = await sendWithRetries({ send: paced, classify }, settings);
    if (!outcome.answered) throw costSourceError(context, outcome.failed, ceiling, place);
    options.onPage?.({ ...context, page, requestCosts: requestCosts() });
    return outcome.answer;
  }

  return {
    call: (context, page, send) => inTurn(() => request(context, page, send)),
    scope: options.scope ?? everything,
    readCost: oneCurrency(),
    requestCosts,
  };
}

function classify(cause: unknown): FailureClass {
  if (cause instanceof BudgetError) return "rejected";
  // A page that is too long or not JSON has been charged. Another attempt would be charged again.
  if (cause instanceof LongAnswerError) return "rejected";
  if (cause instanceof SyntaxError && (statusOf(cause) ?? 500) < 300) return "rejected";
  return failureClassOf(cause, CostExplorerServiceException);
}

/** Runs tasks one after the other, in the order of the calls, also after one that failed. */
function oneAtATime(): <Result>(task: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = last.then(task);
    last = result.catch(() => undefined);
    return result;
  };
}

/** The result of one call, for all of them. */
function once<Result>(read: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | null = null;
  return () => {
    result ??= read();
    return result;
  };
}

const COUNTED_AS_PAGES: ReadonlySet<string> = new Set(["GetCostAndUsage", "GetCostForecast"]);

function succeeded(response: unknown): boolean {
  const status: unknown = Reflect.get(Object(response), "statusCode");
  return typeof status === "number" && status >= 200 && status < 300;
}
