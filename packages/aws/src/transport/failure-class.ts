import { DeadlineError } from "./attempt-timer.ts";
import { codeOf, messageOf, nameOf, statusOf, textIn, wasClockCorrected } from "./error-fields.ts";
import { LongAnswerError } from "./long-answer-error.ts";

/** Why a request failed: whether it may have been done, and whether the same request may succeed later. */
export type FailureClass =
  /** Rejected for the time in its signature, and the SDK has corrected its clock since. It was not done. */
  | "clock-corrected"
  /** It did not leave this machine: no address, no connection, no time left. */
  | "unsent"
  /** The service accepts fewer requests at the moment. Whether this one was done is not certain. */
  | "throttled"
  /** No answer, a part of one, or a fault of the server: it may have been done or not. */
  | "lost"
  /** There are no credentials, or the service does not accept them or the signature. It was not done. */
  | "credentials"
  /** The TLS certificate of the server is not trusted. It was not sent. */
  | "untrusted"
  /** Answered, and another attempt would be answered alike. */
  | "rejected";

/** The class of all errors of one service, such as `S3ServiceException`. */
export type ServiceErrorClass = abstract new (...args: never[]) => Error;

/** @param ofService tells the errors of the service apart from those of STS or IAM Identity Center, which provide credentials */
export function failureClassOf(cause: unknown, ofService: ServiceErrorClass): FailureClass {
  if (cause instanceof DeadlineError) return cause.sent ? "lost" : "unsent";
  if (cause instanceof LongAnswerError) return "lost";
  if (isOfCredentialProvider(cause, ofService)) return "credentials";
  const name = nameOf(cause);
  if (wasClockCorrected(cause) || isExpiredSignature(name, messageOf(cause))) return "clock-corrected";
  if (CREDENTIALS.has(name)) return "credentials";
  const status = statusOf(cause);
  if (status === 429 || THROTTLING.has(name)) return "throttled";
  if (status === null) return unansweredClass(cause);
  const mayHaveBeenDone = status < 300 || status === 408 || (status >= 500 && status !== 501);
  return mayHaveBeenDone || INTERRUPTED.has(name) ? "lost" : "rejected";
}

/** Whether no credentials could be fetched: by a provider's error, or by another service's. */
export function isOfCredentialProvider(cause: unknown, ofService: ServiceErrorClass): boolean {
  if (cause instanceof ofService) return false;
  return PROVIDERS.has(nameOf(cause)) || textIn(cause, "$fault") !== null;
}

const PROVIDERS = new Set(["CredentialsProviderError", "TokenProviderError"]);

// The SDK retries this one, too, without the mark that it has corrected its clock.
const isExpiredSignature = (name: string, message: string) =>
  name === "InvalidSignatureException" && message.includes("Signature expired");

/** Errors of the signature and of its time, by AWS's names; most are modelled nowhere. */
export const SIGNATURES: ReadonlySet<string> = new Set([
  "InvalidSignatureException",
  "RequestExpired",
  "RequestInTheFuture",
  "RequestTimeTooSkewed",
  "SignatureDoesNotMatch",
]);

const CREDENTIALS: ReadonlySet<string> = new Set([
  ...SIGNATURES,
  "AuthFailure",
  "AuthorizationHeaderMalformed",
  "ExpiredToken",
  "ExpiredTokenException",
  "IncompleteSignature",
  "IncompleteSignatureException",
  "InvalidAccessKeyId",
  "InvalidClientTokenId",
  "InvalidSecurity",
  "InvalidToken",
  "MissingAuthenticationToken",
  "MissingAuthenticationTokenException",
  "MissingSecurityHeader",
  "TokenRefreshRequired",
  "UnrecognizedClientException",
]);

const THROTTLING: ReadonlySet<string> = new Set([
  "BandwidthLimitExceeded",
  "KMSThrottling",
  "KMSThrottlingException",
  "LimitExceededException",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "RequestThrottled",
  "RequestThrottledException",
  "SlowDown",
  "ThrottledException",
  "Throttling",
  "ThrottlingException",
  "TooManyRequestsException",
]);

/** The connection broke or stood still while the body was sent. */
const INTERRUPTED: ReadonlySet<string> = new Set([
  "IncompleteBody",
  "RequestTimeout",
  "RequestTimeoutException",
]);

const NOT_TRUSTED = /^(CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;
const NO_CONNECTION = new Set(["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH"]);

function unansweredClass(cause: unknown): FailureClass {
  if (NOT_TRUSTED.test(codeOf(cause))) return "untrusted";
  const syscall = textIn(cause, "syscall");
  const unsent =
    NO_CONNECTION.has(codeOf(cause)) ||
    syscall === "connect" ||
    syscall === "getaddrinfo" ||
    // Node tried every address of a host.
    nameOf(cause) === "AggregateError" ||
    messageOf(cause).includes("did not establish a connection");
  return unsent ? "unsent" : "lost";
}
