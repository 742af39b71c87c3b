import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { Instant } from "@dapanoskop/core/calendar";
import { parseDecimal } from "@dapanoskop/core/money";
import { CostSourceError } from "@dapanoskop/core/source";
import { isLocalHost } from "@dapanoskop/edge";
import { type AccountOperation, accountOperationOf } from "./account/account-operation.ts";
import { accountAnswer, stsError } from "./account/account-reply.ts";
import { billAt, type EmulatedBill } from "./emulated-bill.ts";
import { clockOf, clockRefusal } from "./faults/clock-fault.ts";
import type { Fault } from "./faults/fault.ts";
import { type ActiveFaults, faultPlan } from "./faults/fault-plan.ts";
import { refusal } from "./faults/refusals.ts";
import { operations } from "./operations/index.ts";
import type { OperationResponse } from "./operations/operation.ts";
import { resultCaches } from "./operations/result.ts";
import { FIRST_PAGE, pageTokens } from "./pages.ts";
import { AwsError, billExpired, dataUnavailable, notLocal } from "./protocol/aws-error.ts";
import { readBody } from "./protocol/body.ts";
import { checkCredentialScope } from "./protocol/credential-scope.ts";
import { canonicalRequest, type Members, parseMembers } from "./protocol/json.ts";
import type { HistoryMonths } from "./request/time-period.ts";

/** AWS documents no page size; observed pages have some thousands of groups. */
export const DEFAULT_PAGE_SIZE = 5_000;

export interface EmulatorOptions {
  readonly source: EmulatedBill;
  /** The emulator's clock: a fixed time, or a function that is called at every request. */
  readonly at: Instant | (() => Instant);
  /** 0, the default, selects a free port. */
  readonly port?: number;
  /** Groups on a page of GetCostAndUsage; a period without groups counts as one. */
  readonly pageSize?: number;
  /** Months of history, including the current one: 14, or 38 as with the opt-in to multi-year data. */
  readonly historyMonths?: HistoryMonths;
  /**
   * Whether amounts have all decimals of the bill. Default: each cell is rounded to ten decimals, as Cost Explorer rounds
   * it; then totals and groups differ in the last digits.
   */
  readonly exactAmounts?: boolean;
  /** Faults in order, each as an object or as a text for `parseFault`. */
  readonly faults?: readonly (Fault | string)[];
  readonly onRequest?: (request: EmulatedRequest) => void;
}

/** One request in the log, without its body. */
export interface EmulatedRequest {
  /** From 1, retries included. */
  readonly number: number;
  /** `null` where the request named none. */
  readonly operation: string | null;
  /** The requested page, from 1. */
  readonly page: number;
  /** HTTP status; `null` where the connection was closed instead. */
  readonly status: number | null;
  /** AWS's name of the error in the response. */
  readonly error: string | null;
  /** Groups or values on the page. */
  readonly entries: number | null;
  /** The kinds of the active faults. */
  readonly faults: readonly string[];
}

export interface Emulator {
  /** `http://127.0.0.1:PORT`, the value for AWS_ENDPOINT_URL. */
  readonly url: string;
  readonly port: number;
  /** Every request so far, in the order in which they were answered. */
  readonly requests: readonly EmulatedRequest[];
  /** Adds faults; each counts requests from now on. */
  inject(...faults: readonly (Fault | string)[]): void;
  /** Removes all faults, including a restatement. */
  heal(): void;
  /** Closes every connection, including those without an answer. */
  close(): Promise<void>;
}

/**
 * Starts a Cost Explorer on loopback that answers queries from a bill, in AWS's own protocol (JSON 1.1 over POST).
 * @throws RangeError on an invalid fault or a page size below 1
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const {
    source,
    port = 0,
    pageSize = DEFAULT_PAGE_SIZE,
    historyMonths = 14,
    exactAmounts = false,
    onRequest,
  } = options;
  if (!Number.isSafeInteger(pageSize) || pageSize < 1) {
    throw new RangeError(`The page size must be a whole number of at least 1, not ${pageSize}.`);
  }
  const clock = options.at;
  const now = typeof clock === "function" ? clock : () => clock;
  const plan = faultPlan(options.faults ?? []);
  const tokens = pageTokens();
  const results = resultCaches();
  const requests: EmulatedRequest[] = [];
  const closing = new AbortController();
  let count = 0;

  /** Computes the response to a request, or throws the error of the response. */
  const answerOf = async (
    received: ReceivedRequest,
    text: string,
    request: Members,
    activeFaults: ActiveFaults,
  ): Promise<OperationResponse> => {
    const operation = operations.get(received.operation ?? "");
    if (operation === undefined) {
      throw new AwsError("UnknownOperationException", "The requested operation is not emulated.");
    }
    const token = operation.token === null ? null : request.text(operation.token);
    const at = now();
    const requestText = `${received.operation} ${at} ${canonicalRequest(text, operation.token ?? "")}`;
    const position = token === null ? FIRST_PAGE : tokens.read(requestText, token);
    received.page = position.page;
    const factor = activeFaults.get("restate");
    return operation.answer(request, {
      bill: billAt(source, at),
      historyMonths,
      exactAmounts,
      pageSize,
      position,
      token,
      tokenFor: (next) => tokens.issue(requestText, next),
      results: results(requestText),
      activeFaults,
      revision: factor === undefined || factor === null ? null : parseDecimal(factor, 12),
    });
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    count += 1;
    const received: ReceivedRequest = { number: count, operation: operationOf(request), page: 1 };
    let activeFaults: ActiveFaults = new Map();
    let account: AccountOperation | null = null;
    let reply: HttpReply;
    try {
      if (isForeign(request)) {
        request.resume();
        throw notLocal();
      }
      if (request.method !== "POST" || request.url !== "/") {
        throw new AwsError(
          "UnknownOperationException",
          "Cost Explorer accepts only POST requests to /.",
          404,
        );
      }
      const text = await readBody(request);
      account = accountOperationOf(request.headers, text);
      if (account !== null) received.operation = account.name;
      checkCredentialScope(request.headers.authorization, account?.service);
      const operation = received.operation ?? "";
      const members = parseMembers(account === null ? text : "");
      const continues = members.has("NextPageToken") || members.has("NextToken");
      activeFaults = plan.activate({ operation, continues, ofAccount: account !== null });
      if (activeFaults.has("slow"))
        await pause(Number(activeFaults.get("slow")), undefined, { signal: closing.signal });
      const signed = String(request.headers["x-amz-date"] ?? "");
      const clock = activeFaults.get("clock");
      const late = clock === undefined ? null : clockRefusal(signed, clockOf(clock));
      if (late !== null) throw late;
      const refused = refusal(activeFaults, operation);
      if (refused !== null) throw refused;
      if (activeFaults.has("drop-before")) reply = { status: null, body: "", error: null, entries: null };
      else if (account !== null)
        reply = { status: 200, body: accountAnswer(account, activeFaults), error: null, entries: null };
      else {
        const { body, entries } = await answerOf(received, text, members, activeFaults);
        reply = { status: 200, body: JSON.stringify(body), error: null, entries };
      }
    } catch (cause) {
      if (closing.signal.aborted) return;
      const error = asAwsError(cause);
      const body = account?.service === "sts" ? stsError(error) : JSON.stringify(error.body());
      reply = { status: error.status, body, error: error.name, entries: null };
    }
    const sent = send(response, reply, activeFaults, account?.service === "sts" ? "text/xml" : JSON_1_1);
    const entry: EmulatedRequest = {
      ...received,
      status: sent ? reply.status : null,
      error: reply.error,
      entries: reply.entries,
      faults: [...activeFaults.keys()],
    };
    requests.push(entry);
    onRequest?.(entry);
  };

  const server = createServer((request, response) => {
    void handle(request, response);
  });
  const listening = await new Promise<number>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
  return {
    url: `http://127.0.0.1:${listening}`,
    port: listening,
    requests,
    inject: (...faults) => plan.add(...faults),
    heal: () => plan.clear(),
    close: () =>
      new Promise((resolve) => {
        closing.abort();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface ReceivedRequest {
  readonly number: number;
  operation: string | null;
  page: number;
}

interface HttpReply {
  readonly status: number | null;
  readonly body: string;
  readonly error: string | null;
  readonly entries: number | null;
}

/** @returns whether the whole response was sent */
function send(
  response: ServerResponse,
  { status, body }: HttpReply,
  activeFaults: ActiveFaults,
  contentType: string,
): boolean {
  const { socket } = response;
  if (status === null || activeFaults.has("drop-after")) {
    socket?.destroy();
    return false;
  }
  const bytes = Buffer.from(body);
  const half = bytes.subarray(0, bytes.length >> 1);
  const ok = status === 200;
  const sentBytes = ok && activeFaults.has("broken-json") ? half : bytes;
  response.writeHead(status, {
    "content-type": contentType,
    "content-length": sentBytes.length,
    "x-amzn-requestid": randomUUID(),
    ...(activeFaults.has("clock") ? { date: clockOf(activeFaults.get("clock") ?? null).toUTCString() } : {}),
    // A body that was too large is not read to its end, so the connection cannot be used again.
    ...(status === 413 ? { connection: "close" } : {}),
  });
  if (ok && activeFaults.has("drop-mid")) {
    response.write(half, () => socket?.destroy());
    return false;
  }
  response.end(sentBytes);
  return true;
}

/**
 * Whether a request may come from a page of another site in a browser of this machine, which must not read the bill: the page's
 * name resolves to loopback, or the browser names the page's origin. No AWS client sends an origin.
 */
const isForeign = ({ headers }: IncomingMessage): boolean =>
  !isLocalHost(headers.host ?? "") ||
  headers.origin !== undefined ||
  ![undefined, "none"].includes(headers["sec-fetch-site"] as string | undefined);

const JSON_1_1 = "application/x-amz-json-1.1";

const TARGET = /^AWSInsightsIndexService\.([A-Za-z]{1,100})$/;

function operationOf({ headers }: IncomingMessage): string | null {
  const target = headers["x-amz-target"];
  return TARGET.exec(typeof target === "string" ? target : "")?.[1] ?? null;
}

/** The AWS error for an error of the source. Any other error becomes an InternalFailure without details. */
function asAwsError(cause: unknown): AwsError {
  if (cause instanceof AwsError) return cause;
  if (cause instanceof CostSourceError && cause.failure === "data-unavailable") return dataUnavailable();
  if (cause instanceof CostSourceError && cause.failure === "out-of-history") return billExpired();
  return new AwsError(
    "InternalFailure",
    cause instanceof CostSourceError ? cause.message : "Internal failure",
    500,
  );
}
