import { CostExplorerServiceException } from "@aws-sdk/client-cost-explorer";
import { MONEY_DECIMALS } from "@dapanoskop/core/money";
import { CostSourceError } from "@dapanoskop/core/source";
import { quoted, quotedMessage } from "../quoted.ts";
import { type Inquiry, inquiryError, protocolError } from "./inquiry.ts";
import { MAX_ATTEMPTS } from "./patience.ts";
import { PRICE_PER_REQUEST } from "./request-costs.ts";
import { RunLimit } from "./request-gate.ts";
import { RESTARTS, STALE_PAGES } from "./stale-pages.ts";

/** Errors of credentials and signatures, by AWS's names; most are modelled nowhere. */
const CREDENTIALS = new Set([
  "AuthFailure",
  "CredentialsProviderError",
  "ExpiredToken",
  "ExpiredTokenException",
  "IncompleteSignature",
  "IncompleteSignatureException",
  "InvalidAccessKeyId",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "InvalidToken",
  "MissingAuthenticationToken",
  "MissingAuthenticationTokenException",
  "RequestExpired",
  "RequestInTheFuture",
  "RequestTimeTooSkewed",
  "SignatureDoesNotMatch",
  "TokenProviderError",
  "UnrecognizedClientException",
]);

/** Signatures that fail although the SDK has already corrected for the clock that AWS answered with. */
const SIGNATURES = new Set([
  "InvalidSignatureException",
  "RequestExpired",
  "RequestInTheFuture",
  "RequestTimeTooSkewed",
  "SignatureDoesNotMatch",
]);

const NOT_ACTIVATED = new Set(["OptInRequired", "SubscriptionRequiredException"]);

const THROTTLED = new Set([
  "BandwidthLimitExceeded",
  "LimitExceededException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestThrottledException",
  "SlowDown",
  "ThrottledException",
  "Throttling",
  "ThrottlingException",
  "TooManyRequestsException",
]);

/**
 * How Cost Explorer words that a window lies before its history:
 * "To retrieve data beyond the past 14 months, your start date needs to be the first day of the month.",
 * "You haven't enabled historical data beyond 14 months.",
 * "start date is too old for daily granularity, max months for data available is 12 months".
 */
const OUT_OF_HISTORY = /beyond (the past )?\d+ months|start date is too old/i;

/** "User not enabled for cost explorer access": nobody has opened Cost Explorer in this account yet. */
const NEVER_ENABLED = /not enabled for cost explorer/i;

/** "Linked account doesn't have access to cost explorer.", "Operation not permitted for member accounts. …" */
const MEMBER_ACCOUNT = /linked account|member account|payer account/i;

/** Everything known of a request that brought no answer. */
export interface Failed {
  readonly cause: unknown;
  /** The run's own deadline cut it short. */
  readonly ranOutOfTime: boolean;
  /** Requests that the run may pay for. */
  readonly ceiling: number;
}

/** What a failed request means, for which window, and what to do. The cause is kept; its message may name accounts. */
export function costSourceError(inquiry: Inquiry, { cause, ranOutOfTime, ceiling }: Failed): CostSourceError {
  if (cause instanceof CostSourceError) return cause;
  if (cause instanceof RunLimit && cause.limit === "budget") return outOfBudget(inquiry, ceiling, cause);
  if (cause instanceof RunLimit || ranOutOfTime) return outOfTime(inquiry, cause);
  if (cause instanceof CostExplorerServiceException) return refused(inquiry, cause);
  return unanswered(inquiry, cause);
}

/** Cost Explorer answered with an error. */
function refused(inquiry: Inquiry, cause: CostExplorerServiceException): CostSourceError {
  const { name, message } = cause;
  const status = statusOf(cause) ?? 0;
  const action = `ce:${inquiry.operation}`;
  const words = `AWS says ${quotedMessage(message)} (${quoted(name)}).`;
  const error = (failure: CostSourceError["failure"], sentence: string) =>
    inquiryError(failure, inquiry, sentence, { cause });

  if (NOT_ACTIVATED.has(name) || (isAccessDenied(name) && NEVER_ENABLED.test(message))) {
    return error(
      "not-activated",
      "Cost Explorer is not switched on in this account. Open Cost Explorer once in the Billing console to switch it on; " +
        "the first data takes up to 24 hours.",
    );
  }
  if ((isAccessDenied(name) || name === "ValidationException") && MEMBER_ACCOUNT.test(message)) {
    return error(
      "access-denied",
      `a member account may not ask this. ${words} Collect in the management account, or let it allow linked accounts ` +
        "access to Cost Explorer (Billing preferences).",
    );
  }
  if (isAccessDenied(name)) {
    return error("access-denied", `access denied. Grant ${action} to the role that collects. ${words}`);
  }
  if (CREDENTIALS.has(name)) return badCredentials(inquiry, name, cause);
  if (THROTTLED.has(name) || status === 429) {
    return error(
      "unreachable",
      `throttled (${quoted(name)}) on each of ${MAX_ATTEMPTS} attempts. Let other users of the API finish, then run again.`,
    );
  }
  if (name === "DataUnavailableException") {
    return error("data-unavailable", `no data for this time yet. Run again tomorrow. ${words}`);
  }
  if (name === "BillExpirationException") {
    return error("out-of-history", `the bill of this time has expired. Ask for a later month. ${words}`);
  }
  if (STALE_PAGES.has(name)) {
    return protocolError(
      inquiry,
      `the data changed between its pages (${quoted(name)}), after ${RESTARTS} fresh starts still.`,
      { cause },
    );
  }
  if (name === "BillingViewHealthStatusException") {
    return error("unreachable", `the billing view is not healthy at the moment. Run again later. ${words}`);
  }
  if (name === "ValidationException" && OUT_OF_HISTORY.test(message)) {
    return error(
      "out-of-history",
      `Cost Explorer does not remember this time. Ask for a later month, or enable multi-year data in the Cost Management preferences. ${words}`,
    );
  }
  if (status >= 500) {
    return error(
      "unreachable",
      `AWS failed ${MAX_ATTEMPTS} times with status ${status}. Run again later. ${words}`,
    );
  }
  return error("validation", `refused as wrong. ${words} Correct what the collector is configured to ask.`);
}

/** No answer of Cost Explorer: the way there is broken, or what came back is not its. */
function unanswered(inquiry: Inquiry, cause: unknown): CostSourceError {
  const name = textOf(cause, "name") ?? "unknown error";
  const message = textOf(cause, "message") ?? "";
  const status = statusOf(cause);
  // An exception of another service (STS, IAM Identity Center) comes from the fetching of credentials.
  if (CREDENTIALS.has(name) || textOf(cause, "$fault") !== null) return badCredentials(inquiry, name, cause);
  if (cause instanceof SyntaxError && status !== null && status < 300) {
    return protocolError(inquiry, "the answer is not JSON.", { cause });
  }
  if (cause instanceof SyntaxError && status !== null) {
    return inquiryError(
      "unreachable",
      inquiry,
      `status ${status} came back with something that Cost Explorer does not write. Look for a proxy in between, ` +
        "or at AWS_ENDPOINT_URL.",
      { cause },
    );
  }
  const words = `${quoted(textOf(cause, "code") ?? name)}: ${quotedMessage(message)}`;
  return inquiryError(
    "unreachable",
    inquiry,
    `Cost Explorer cannot be reached (${words}). Check the network's way to ce.us-east-1.amazonaws.com, or ` +
      "AWS_ENDPOINT_URL where it is set, then run again.",
    { cause },
  );
}

// The message is left out: a signature error repeats the signed request, its session token included.
function badCredentials(inquiry: Inquiry, name: string, cause: unknown): CostSourceError {
  const sentence = SIGNATURES.has(name)
    ? "The SDK corrects for a wrong clock by itself, so check the secret access key first, then this machine's time."
    : "Sign in again (aws sso login), or check the role, AWS_PROFILE and AWS_ACCESS_KEY_ID of this process.";
  return inquiryError(
    "credentials",
    inquiry,
    `there are no AWS credentials that work (${quoted(name)}). ${sentence}`,
    { cause },
  );
}

function outOfBudget(inquiry: Inquiry, ceiling: number, cause: unknown): CostSourceError {
  const dollars = (Number(PRICE_PER_REQUEST.units) / 10 ** MONEY_DECIMALS) * ceiling;
  return inquiryError(
    "budget",
    inquiry,
    `not sent: this run has made its ${ceiling} requests ($${dollars.toFixed(2)}). Ask for fewer months at once, or ` +
      "look for a page that never ends.",
    { cause },
  );
}

function outOfTime(inquiry: Inquiry, cause: unknown): CostSourceError {
  const name = textOf(cause, "name") ?? "unknown error";
  const ours = cause instanceof RunLimit || name === "AbortError";
  const last = ours ? "" : ` The last attempt ended with ${quoted(name)}.`;
  return inquiryError(
    "deadline",
    inquiry,
    `no time is left for it: what remains is kept for publishing.${last} Ask for fewer months at once, or give the ` +
      "collector more time.",
    { cause },
  );
}

const isAccessDenied = (name: string) =>
  name.startsWith("AccessDenied") || name === "UnauthorizedOperation" || name === "NotAuthorized";

function textOf(cause: unknown, key: string): string | null {
  const value: unknown = typeof cause === "object" && cause !== null ? Reflect.get(cause, key) : null;
  return typeof value === "string" ? value : null;
}

function statusOf(cause: unknown): number | null {
  if (typeof cause !== "object" || cause === null) return null;
  const metadata: unknown = Reflect.get(cause, "$metadata");
  if (typeof metadata !== "object" || metadata === null) return null;
  const status: unknown = Reflect.get(metadata, "httpStatusCode");
  return typeof status === "number" ? status : null;
}
