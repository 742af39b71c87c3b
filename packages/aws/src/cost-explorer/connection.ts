import { CostExplorerClient, type CostExplorerClientConfig } from "@aws-sdk/client-cost-explorer";
import type { RequestCosts } from "@dapanoskop/core/source";
import { costSourceError } from "./failure.ts";
import type { Inquiry, Operation } from "./inquiry.ts";
import { MAX_ATTEMPTS, patience } from "./patience.ts";
import { requestCostsOf } from "./request-costs.ts";
import { type Host, requestGate } from "./request-gate.ts";

export interface ConnectionOptions {
  readonly credentials: CostExplorerClientConfig["credentials"] | undefined;
  /** Requests that the run may pay for. */
  readonly ceiling: number;
  readonly requestsPerSecond: number;
  /** Milliseconds in which requests may still be made; `Infinity` without a deadline. */
  readonly timeLeft: () => number;
  readonly host: Host;
  readonly timeouts: Timeouts;
}

/** In milliseconds. */
export interface Timeouts {
  readonly connection: number;
  /** For the head of the answer, for each silence in it, and for the whole of its body. */
  readonly request: number;
}

/** The SDK's client behind the run's limits: one request in flight, paced, paid for from a budget, within the deadline. */
export interface Connection {
  /**
   * @param ask sends one command with the client and the options that it is given
   * @throws CostSourceError
   */
  call<Answer>(inquiry: Inquiry, ask: Ask<Answer>): Promise<Answer>;
  requestCosts(): RequestCosts;
}

export type Ask<Answer> = (
  client: CostExplorerClient,
  options: { readonly abortSignal: AbortSignal },
) => Promise<Answer>;

export function connect(options: ConnectionOptions): Connection {
  const { ceiling, host, timeLeft, timeouts } = options;
  const counted = { pages: 0, other: 0 };
  const waiting = patience(host, timeLeft);
  const gate = requestGate(host, {
    requestsPerSecond: options.requestsPerSecond,
    timeLeft,
    budgetLeft: () => ceiling - counted.pages - counted.other,
  });
  const inTurn = oneAtATime();

  const client = new CostExplorerClient({
    // Cost Explorer has one endpoint for the whole world, wherever the collector runs.
    region: "us-east-1",
    maxAttempts: MAX_ATTEMPTS,
    retryStrategy: waiting.strategy,
    requestHandler: {
      connectionTimeout: timeouts.connection,
      requestTimeout: timeouts.request,
      throwOnRequestTimeout: true,
      socketTimeout: timeouts.request,
    },
    ...(options.credentials === undefined ? {} : { credentials: options.credentials }),
  });
  let operation: Operation = "GetCostAndUsage";
  client.middlewareStack.add(
    (next) => async (args) => {
      await gate();
      return next(args);
    },
    // Inside of the SDK's retries, so that each attempt waits for its turn.
    { name: "dapanoskopGate", step: "finalizeRequest", priority: "low" },
  );
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      if (succeeded(result.response)) counted[kindOf(operation)] += 1;
      endBodyWithin(timeouts.request, result.response);
      return result;
    },
    // Next to the wire: an answer that AWS began with success is charged, whether it arrives whole or not.
    { name: "dapanoskopCount", step: "deserialize", priority: "low" },
  );

  return {
    requestCosts: () => requestCostsOf(counted.pages, counted.other),
    call: (inquiry, ask) =>
      inTurn(async () => {
        operation = inquiry.operation;
        const stop = stopWhenLate(timeLeft);
        try {
          // The race also ends what the SDK does not abort: fetching credentials.
          return await Promise.race([ask(client, { abortSignal: stop.signal }), stop.late]);
        } catch (cause) {
          const ranOutOfTime = stop.signal.aborted || waiting.ranOutOfTime();
          throw costSourceError(inquiry, { cause, ranOutOfTime, ceiling });
        } finally {
          stop.clear();
        }
      }),
  };
}

/** Runs tasks one after the other, in the order they were brought; a failed one does not hold up the next. */
function oneAtATime(): <Result>(task: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = last.then(task);
    last = result.catch(() => undefined);
    return result;
  };
}

const kindOf = (operation: Operation) =>
  operation === "GetCostAndUsage" || operation === "GetCostForecast" ? "pages" : "other";

/** The longest that a timer can be set for, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** What ends a request when the run's time for requests ends: a signal for the SDK, and a promise that rejects. */
interface Stop {
  readonly signal: AbortSignal;
  readonly late: Promise<never>;
  clear(): void;
}

function stopWhenLate(timeLeft: () => number): Stop {
  const controller = new AbortController();
  const { signal } = controller;
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  const left = Math.max(0, timeLeft());
  const timer = left > LONGEST_TIMER ? undefined : setTimeout(() => controller.abort(), left);
  return { signal, late, clear: () => clearTimeout(timer) };
}

function succeeded(response: unknown): boolean {
  const status = field(response, "statusCode");
  return typeof status === "number" && status >= 200 && status < 300;
}

/** The SDK bounds the head of an answer and each silence, but not a body that trickles. */
function endBodyWithin(milliseconds: number, response: unknown): void {
  const body = field(response, "body");
  if (!isStream(body)) return;
  const timer = setTimeout(() => {
    const error = new Error(`The answer took longer than ${milliseconds} ms.`);
    error.name = "TimeoutError";
    body.destroy(error);
  }, milliseconds);
  body.once("close", () => clearTimeout(timer));
}

interface Stream {
  destroy(error: Error): unknown;
  once(event: "close", listener: () => void): unknown;
}

const isStream = (body: unknown): body is Stream =>
  typeof field(body, "destroy") === "function" && typeof field(body, "once") === "function";

const field = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
