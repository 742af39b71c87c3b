import type { ProbeFailure, ProbeFailureKind } from "@dapanoskop/doctor";
import {
  failureClassOf,
  messageOf,
  nameOf,
  quotedMessage,
  type ServiceErrorClass,
  statusOf,
  systemName,
  textIn,
} from "../transport/index.ts";

/**
 * Why a request failed, as a person has to tell it apart. The messages are AWS's own, from its documentation and from what
 * people quote of it in public.
 */
export function probeFailure(cause: unknown, ofService: ServiceErrorClass): ProbeFailure {
  const kind = kindOf(cause, ofService);
  // The message of a signature error may repeat the signed request, its session token included.
  const words = messageOf(cause) === "" || SIGNATURE.has(kind) ? "" : quotedMessage(messageOf(cause));
  return { kind, name: nameFor(cause, kind), words };
}

const SIGNATURE: ReadonlySet<ProbeFailureKind> = new Set(["unknown-key", "wrong-secret", "clock"]);

function nameFor(cause: unknown, kind: ProbeFailureKind): string {
  if (kind === "not-aws") return `status ${statusOf(cause)}`;
  const name = systemName(cause);
  return /^[\w.-]{1,80}$/.test(name) ? name : "an error";
}

function kindOf(cause: unknown, ofService: ServiceErrorClass): ProbeFailureKind {
  const message = messageOf(cause);
  // A provider of credentials that cannot reach its own service wraps the reason into its message.
  if (UNTRUSTED.test(message)) return "untrusted";
  const name = nameOf(cause);
  if (ACCOUNT_INACTIVE.has(name) || SUSPENDED.test(message)) return "account-inactive";
  if (EXPIRED.has(name)) return "sign-in-expired";
  if (name === "CredentialsProviderError" || name === "TokenProviderError") return ofProvider(message);
  if (UNKNOWN_KEY.has(name)) return "unknown-key";
  switch (failureClassOf(cause, ofService)) {
    case "untrusted":
      return "untrusted";
    case "unsent":
      return "unreachable";
    case "throttled":
      return "throttled";
    case "clock-corrected":
      return "clock";
    case "credentials":
      return CLOCK.has(name) || OUT_OF_TIME.test(message) ? "clock" : "wrong-secret";
    default:
      return ofAnswer(cause, name, message);
  }
}

function ofProvider(message: string): ProbeFailureKind {
  if (/expired|aws sso login|token is invalid|session.*invalid/i.test(message)) return "sign-in-expired";
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|getaddrinfo/.test(message)) return "unreachable";
  return "no-credentials";
}

function ofAnswer(cause: unknown, name: string, message: string): ProbeFailureKind {
  const status = statusOf(cause);
  if (status === null) return "unreachable";
  const isAws = textIn(cause, "$fault") !== null && !NO_NAME.has(name);
  if (!isAws) return "not-aws";
  if (name === "DataUnavailableException") return "no-data";
  if (NOT_FOUND.has(name)) return "not-found";
  if (name === "NotImplemented" || name === "MethodNotAllowed" || name === "UnknownOperationException")
    return "unsupported";
  if (name.startsWith("KMS.") || /\bkms:[A-Za-z]/.test(message)) return "no-key";
  if (isDenied(name, status) || (name === "ValidationException" && MEMBER_ACCOUNT.test(message)))
    return ofDenial(message);
  if (status === 301 || status === 307) return "redirected";
  return status >= 500 ? "server" : "refused";
}

const isDenied = (name: string, status: number) =>
  name.startsWith("AccessDenied") ||
  name === "UnauthorizedOperation" ||
  name === "NotAuthorized" ||
  status === 403;

function ofDenial(message: string): ProbeFailureKind {
  if (NEVER_ENABLED.test(message)) return "not-enabled";
  if (MEMBER_ACCOUNT.test(message)) return "member-account";
  if (/(service|resource) control policy/i.test(message)) return "denied-by-organization";
  if (/explicit deny/i.test(message)) return "denied-explicitly";
  return /because no [a-z-]+ (policy|boundary) allows/i.test(message) ? "denied-by-policy" : "denied";
}

const UNTRUSTED =
  /self[- ]signed certificate|unable to (get|verify) .*certificate|certificate has expired|unable to get local issuer/i;

/** Names of errors of accounts that AWS does not serve: S3's, and those of services without a subscription. */
const ACCOUNT_INACTIVE: ReadonlySet<string> = new Set([
  "AccountProblem",
  "NotSignedUp",
  "OptInRequired",
  "SubscriptionRequiredException",
]);
const SUSPENDED = /\baccount\b.{0,40}\b(suspended|closed|pending verification)\b/i;

const EXPIRED: ReadonlySet<string> = new Set([
  "ExpiredToken",
  "ExpiredTokenException",
  "TokenRefreshRequired",
]);

const UNKNOWN_KEY: ReadonlySet<string> = new Set([
  "AuthFailure",
  "InvalidAccessKeyId",
  "InvalidClientTokenId",
  "InvalidSecurity",
  "InvalidToken",
  "UnrecognizedClientException",
]);

const CLOCK: ReadonlySet<string> = new Set(["RequestExpired", "RequestInTheFuture", "RequestTimeTooSkewed"]);
const OUT_OF_TIME = /signature (expired|not yet current)/i;

const NOT_FOUND: ReadonlySet<string> = new Set([
  "AWSOrganizationsNotInUseException",
  "NoSuchBucket",
  "NoSuchKey",
  "NotFound",
  "ResourceNotFoundException",
]);

/** What the SDK calls an answer whose error it cannot read. */
const NO_NAME: ReadonlySet<string> = new Set(["", "Error", "SyntaxError", "Unknown", "UnknownError"]);

/** "User not enabled for cost explorer access" */
const NEVER_ENABLED = /not enabled for cost explorer/i;

/** "Failed to list Cost Allocation Tags: Linked account doesn't have access to cost allocation tags." */
const MEMBER_ACCOUNT = /linked account|member account|payer account/i;
