import { S3ServiceException } from "@aws-sdk/client-s3";

/** What a request that failed has done, and whether the same request may do better. */
export type Setback =
  /** The bucket lives in that region. Turned away at the door: nothing was done. */
  | { readonly kind: "elsewhere"; readonly region: string }
  /** Our clock is wrong; the SDK has noted by how much. Turned away at the door: nothing was done. */
  | { readonly kind: "skewed" }
  /** It never left: no address, no connection. */
  | { readonly kind: "unsent" }
  /** S3 wants fewer requests. What became of this one is not certain. */
  | { readonly kind: "busy" }
  /** No answer, half of one, or a fault of the server: it may have been done or not. */
  | { readonly kind: "lost" }
  /** Answered, and the next answer would be the same. */
  | { readonly kind: "settled" };

/** Why a request was not sent: the run's time was over. */
export class OutOfTime extends Error {
  constructor() {
    super("The run's time is over.");
    this.name = "OutOfTime";
  }
}

/** What S3 said instead of doing what it was asked. `null` where it said nothing: a HEAD has no words, a lost answer no status. */
export interface Complaint {
  readonly code: string | null;
  readonly message: string | null;
  readonly status: number | null;
  /** The region that S3 sends us to. */
  readonly region: string | null;
}

export function complaintOf(cause: unknown): Complaint {
  if (isOfCredentials(cause)) return { code: null, message: null, status: null, region: null };
  const status = field(field(cause, "$metadata"), "httpStatusCode");
  const headers = field(field(cause, "$response"), "headers");
  const region = text(field(headers, "x-amz-bucket-region")) ?? text(field(cause, "Region"));
  return {
    code: text(field(cause, "Code")),
    message: cause instanceof S3ServiceException ? cause.message : null,
    status: typeof status === "number" ? status : null,
    // It becomes part of a host name.
    region: region !== null && REGION.test(region) ? region : null,
  };
}

/** Where a client without any region begins: S3 then tells where the bucket is. */
const FIRST_REGION = "us-east-1";

export function setbackOf(cause: unknown): Setback {
  const { code, status, region } = complaintOf(cause);
  if (status === null) return unanswered(cause);
  if (region !== null && isElsewhere(status, code)) return { kind: "elsewhere", region };
  if (code !== null && SKEWED.has(code)) return { kind: "skewed" };
  if (status === 503 || status === 429 || (code !== null && THROTTLED.has(code))) return { kind: "busy" };
  const transient = status < 300 || status === 408 || (status >= 500 && status !== 501);
  return { kind: transient || (code !== null && CUT_OFF.has(code)) ? "lost" : "settled" };
}

function unanswered(cause: unknown): Setback {
  if (isOfCredentials(cause) || isDistrust(cause)) return { kind: "settled" };
  if (NO_REGION.test(messageOf(cause))) return { kind: "elsewhere", region: FIRST_REGION };
  return { kind: isUnsent(cause) ? "unsent" : "lost" };
}

const REGION = /^[a-z]{2}(-[a-z]{2,12}){1,3}-\d{1,2}$/;
const NO_REGION = /^Region is missing/;

// A HEAD answered with 400 has no code; the region that it names is reason enough.
const isElsewhere = (status: number, code: string | null) =>
  status === 301 || status === 307 || (status === 400 && (code === null || MISDIRECTED.has(code)));

const MISDIRECTED = new Set(["AuthorizationHeaderMalformed", "IllegalLocationConstraintException"]);
const SKEWED = new Set(["RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"]);
const THROTTLED = new Set([
  "BandwidthLimitExceeded",
  "RequestLimitExceeded",
  "SlowDown",
  "Throttling",
  "ThrottlingException",
  "TooManyRequestsException",
]);

/** The line broke or stood still while the body was on its way. */
const CUT_OFF = new Set(["IncompleteBody", "RequestTimeout"]);

const CREDENTIALS = new Set(["CredentialsProviderError", "TokenProviderError"]);

/** Whether the fetching of credentials failed: by a provider's error, or by another service's (STS, IAM Identity Center). */
export function isOfCredentials(cause: unknown): boolean {
  if (cause instanceof S3ServiceException) return false;
  return CREDENTIALS.has(nameOf(cause)) || text(field(cause, "$fault")) !== null;
}

const NO_CONNECTION = new Set(["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "EHOSTUNREACH", "ENETUNREACH"]);

function isUnsent(cause: unknown): boolean {
  const syscall = text(field(cause, "syscall"));
  return (
    cause instanceof OutOfTime ||
    NO_CONNECTION.has(codeOf(cause)) ||
    syscall === "connect" ||
    syscall === "getaddrinfo" ||
    // Node tried every address of a host.
    nameOf(cause) === "AggregateError" ||
    messageOf(cause).includes("did not establish a connection")
  );
}

const DISTRUST = /^(CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/** Whether the TLS certificate was not believed: nothing was sent, and nothing will be. */
export const isDistrust = (cause: unknown): boolean => DISTRUST.test(codeOf(cause));

/** A system's error code (`ECONNRESET`), else the error's name. */
export const systemName = (cause: unknown): string => codeOf(cause) || nameOf(cause) || "unknown error";

export const messageOf = (cause: unknown): string => text(field(cause, "message")) ?? "";

const codeOf = (cause: unknown): string => text(field(cause, "code")) ?? "";
const nameOf = (cause: unknown): string => text(field(cause, "name")) ?? "";

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

const field = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
