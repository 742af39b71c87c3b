import { CostExplorerServiceException } from "@aws-sdk/client-cost-explorer";
import { MONEY_DECIMALS } from "@dapanoskop/core/money";
import type { CostSourceError, CostSourceFailure } from "@dapanoskop/core/source";
import { quoted } from "@dapanoskop/core/text";
import {
  CHECK_PROXY,
  checkNetwork,
  credentialsSentence,
  DeadlineError,
  type FailedRequest,
  LongAnswerError,
  longAnswerSentence,
  nameOf,
  quotedCause,
  quotedMessage,
  statusOf,
  systemName,
  untrustedSentence,
} from "../transport/index.ts";
import { type CostExplorerEndpoint, OTHER_PARTITION } from "./endpoint.ts";
import { protocolError, type QueryContext, queryError } from "./query-context.ts";
import { PRICE_PER_REQUEST } from "./request-costs.ts";
import { BudgetError } from "./request-limits.ts";
import { RESTARTS, STALE_PAGES } from "./stale-pages.ts";

const NOT_ACTIVATED = new Set(["OptInRequired", "SubscriptionRequiredException"]);

/**
 * Messages of Cost Explorer about a window before its history:
 * "To retrieve data beyond the past 14 months, your start date needs to be the first day of the month.",
 * "You haven't enabled historical data beyond 14 months.",
 * "start date is too old for daily granularity, max months for data available is 12 months".
 */
const OUT_OF_HISTORY = /beyond (the past )?\d+ months|start date is too old/i;

/** "User not enabled for cost explorer access": Cost Explorer was never opened in this account. */
const NEVER_ENABLED = /not enabled for cost explorer/i;

/** "Linked account doesn't have access to cost explorer.", "Operation not permitted for member accounts. …" */
const MEMBER_ACCOUNT = /linked account|member account|payer account/i;

interface FailureMeaning {
  readonly failure: CostSourceFailure;
  readonly sentence: string;
}

const means = (failure: CostSourceFailure, sentence: string): FailureMeaning => ({ failure, sentence });

/**
 * What a failed request means, for which window, and what to do. The cause is kept; its message may name accounts.
 * @param ceiling requests that the run may pay for
 * @param endpoint where the request was sent
 */
export function costSourceError(
  context: QueryContext,
  failed: FailedRequest,
  ceiling: number,
  endpoint: CostExplorerEndpoint,
): CostSourceError {
  const { cause } = failed;
  if (STALE_PAGES.has(nameOf(cause))) {
    const what = `the data changed between its pages (${quoted(nameOf(cause))}), also after ${RESTARTS} restarts.`;
    return protocolError(context, what, { cause });
  }
  if (cause instanceof SyntaxError && (statusOf(cause) ?? 500) < 300) {
    return protocolError(context, "the answer is not JSON.", { cause });
  }
  if (cause instanceof LongAnswerError) {
    return protocolError(context, longAnswerSentence("Cost Explorer", cause), { cause });
  }
  const { failure, sentence } = meaningOf(context, failed, ceiling, endpoint);
  return queryError(failure, context, sentence, { cause });
}

function meaningOf(
  context: QueryContext,
  failed: FailedRequest,
  ceiling: number,
  { host, region }: CostExplorerEndpoint,
): FailureMeaning {
  const { cause, failureClass, attempts, ranOutOfTime } = failed;
  if (cause instanceof BudgetError) return outOfBudget(ceiling);
  if (ranOutOfTime) return outOfTime(cause);
  const isRefusal = cause instanceof CostExplorerServiceException;
  // Cost Explorer reports an account that has never opened it under the names of permissions and of credentials.
  if (isRefusal && isNotActivated(cause)) {
    return means(
      "not-activated",
      "Cost Explorer is not switched on in this account. Open Cost Explorer once in the Billing console to switch it on; " +
        "the first data takes up to 24 hours.",
    );
  }
  if (failureClass === "credentials" || failureClass === "clock-corrected") {
    const isUnknownKey = nameOf(cause) === "UnrecognizedClientException";
    const partition = isUnknownKey && region === "us-east-1" ? ` ${OTHER_PARTITION}` : "";
    return means("credentials", `${credentialsSentence(cause)}${partition}`);
  }
  if (failureClass === "untrusted") {
    return means("unreachable", untrustedSentence("Cost Explorer", cause));
  }
  if (failureClass === "throttled") {
    return means(
      "unreachable",
      `throttled (${quoted(systemName(cause))}), ${attempts} attempts were made. Let other users of the API finish, then run again.`,
    );
  }
  if (isRefusal) return refused(context, cause, attempts);
  const status = statusOf(cause);
  if (cause instanceof SyntaxError && status !== null) {
    return means(
      "unreachable",
      `status ${status} came back with something that Cost Explorer does not write. ${CHECK_PROXY}`,
    );
  }
  return means(
    "unreachable",
    `Cost Explorer cannot be reached (${quotedCause(cause)}). ${checkNetwork(host)}`,
  );
}

/** Cost Explorer answered with an error. */
function refused(
  { operation }: QueryContext,
  cause: CostExplorerServiceException,
  attempts: number,
): FailureMeaning {
  const { name, message } = cause;
  const status = statusOf(cause) ?? 0;
  const words = `AWS says ${quotedMessage(message)} (${quoted(name)}).`;
  if ((isAccessDenied(name) || name === "ValidationException") && MEMBER_ACCOUNT.test(message)) {
    return means(
      "access-denied",
      `a member account may not query this. ${words} Collect in the management account, or let it allow linked accounts ` +
        "access to Cost Explorer (Billing preferences).",
    );
  }
  if (isAccessDenied(name)) {
    return means("access-denied", `access denied. Grant ce:${operation} to the role that collects. ${words}`);
  }
  if (name === "DataUnavailableException") {
    return means("data-unavailable", `no data for this time yet. Run again tomorrow. ${words}`);
  }
  if (name === "ResourceNotFoundException" && /billing view/i.test(message)) {
    return means(
      "validation",
      `there is no such billing view, or it is not shared with this account. Name another one. ${words}`,
    );
  }
  if (name === "BillExpirationException") {
    return means("out-of-history", `the bill of this time has expired. Query a later month. ${words}`);
  }
  if (name === "BillingViewHealthStatusException") {
    return means("unreachable", `the billing view is not healthy at the moment. Run again later. ${words}`);
  }
  if (name === "ValidationException" && OUT_OF_HISTORY.test(message)) {
    return means(
      "out-of-history",
      `Cost Explorer has no data of this time any more. Query a later month, or enable multi-year data in the Cost Management preferences. ${words}`,
    );
  }
  if (status >= 500) {
    return means(
      "unreachable",
      `AWS failed ${attempts} times, the last time with status ${status}. Run again later. ${words}`,
    );
  }
  return means("validation", `refused as wrong. ${words} Correct what the collector is configured to query.`);
}

function outOfBudget(ceiling: number): FailureMeaning {
  const dollars = (Number(PRICE_PER_REQUEST.units) / 10 ** MONEY_DECIMALS) * ceiling;
  return means(
    "budget",
    `not sent: this run has made its ${ceiling} requests ($${dollars.toFixed(2)}). Collect fewer months at once, or ` +
      "look for a page that never ends.",
  );
}

function outOfTime(cause: unknown): FailureMeaning {
  const last =
    cause instanceof DeadlineError ? "" : ` The last attempt ended with ${quoted(systemName(cause))}.`;
  return means(
    "deadline",
    `no time is left for it: the rest is kept for publishing.${last} Collect fewer months at once, or give the collector more time.`,
  );
}

const isNotActivated = ({ name, message }: CostExplorerServiceException) =>
  NOT_ACTIVATED.has(name) || (isAccessDenied(name) && NEVER_ENABLED.test(message));

const isAccessDenied = (name: string) =>
  name.startsWith("AccessDenied") || name === "UnauthorizedOperation" || name === "NotAuthorized";
