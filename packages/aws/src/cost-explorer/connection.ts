import {
  CostExplorerClient,
  type CostExplorerClientConfig,
  CostExplorerServiceException,
} from "@aws-sdk/client-cost-explorer";
import type { RequestCosts } from "@dapanoskop/core/source";
import {
  BASES,
  clientSettings,
  type FailureClass,
  failureClassOf,
  type RetryPolicy,
  sendWithRetries,
  statusOf,
  type Timeouts,
  type TransportRuntime,
} from "../transport/index.ts";
import { costSourceError } from "./failure.ts";
import type { CostExplorerOperation, QueryContext } from "./query-context.ts";
import { requestCostsOf } from "./request-costs.ts";
import { BudgetError, requestGate } from "./request-limits.ts";

export interface CostExplorerSettings {
  readonly credentials: CostExplorerClientConfig["credentials"] | undefined;
  /** Requests that the run may pay for. */
  readonly ceiling: number;
  readonly requestsPerSecond: number;
  /** Milliseconds on a clock that only goes forward. */
  readonly elapsed: () => number;
  readonly timeouts: Timeouts;
  /** Its deadline is when the last request may be made. */
  readonly runtime: TransportRuntime;
}

/** The SDK's client within the run's limits: one request in flight, paced, paid for from a budget, within the deadline. */
export interface CostExplorerConnection {
  /**
   * @param send sends one command with the client and the options that it is given
   * @throws CostSourceError
   */
  call<Answer>(context: QueryContext, send: SendCommand<Answer>): Promise<Answer>;
  requestCosts(): RequestCosts;
}

export type SendCommand<Answer> = (
  client: CostExplorerClient,
  options: { readonly abortSignal: AbortSignal },
) => Promise<Answer>;

// Cost Explorer's rate is not published. Eight attempts with these pauses last a minute and a half at most.
const POLICY: RetryPolicy = { ...BASES, attempts: 8, cap: 20_000 };

export function connectToCostExplorer(settings: CostExplorerSettings): CostExplorerConnection {
  const { ceiling, timeouts, runtime } = settings;
  const counted = { pages: 0, other: 0 };
  const gate = requestGate({
    ...settings,
    ...runtime,
    budgetLeft: () => ceiling - counted.pages - counted.other,
  });
  const inTurn = oneAtATime();
  const client = new CostExplorerClient({
    // Cost Explorer has one endpoint for all regions, wherever the collector runs.
    region: "us-east-1",
    ...clientSettings(timeouts),
    ...(settings.credentials === undefined ? {} : { credentials: settings.credentials }),
  });
  let operation: CostExplorerOperation = "GetCostAndUsage";
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      if (succeeded(result.response)) counted[kindOf(operation)] += 1;
      return result;
    },
    // Before the answer is parsed: AWS charges for an answer that began with success, whether it arrives whole or not.
    { name: "dapanoskopCount", step: "deserialize", priority: "low" },
  );

  return {
    requestCosts: () => requestCostsOf(counted.pages, counted.other),
    call: (context, send) =>
      inTurn(async () => {
        operation = context.operation;
        const sendPaced = async (options: { readonly abortSignal: AbortSignal }) => {
          await gate();
          return send(client, options);
        };
        const outcome = await sendWithRetries(
          { send: sendPaced, classify },
          { policy: POLICY, timeouts, runtime },
        );
        if (outcome.answered) return outcome.answer;
        throw costSourceError(context, outcome.failed, ceiling);
      }),
  };
}

function classify(cause: unknown): FailureClass {
  if (cause instanceof BudgetError) return "rejected";
  // A page that arrived and is not JSON has been charged. Another attempt would be charged again.
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

const kindOf = (operation: CostExplorerOperation) =>
  operation === "GetCostAndUsage" || operation === "GetCostForecast" ? "pages" : "other";

function succeeded(response: unknown): boolean {
  const status: unknown = Reflect.get(Object(response), "statusCode");
  return typeof status === "number" && status >= 200 && status < 300;
}
