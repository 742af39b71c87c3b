/** The outcome of one request that only finds something out. */
export type Probe<Value> =
  | { readonly outcome: "answered"; readonly value: Value }
  | { readonly outcome: "failed"; readonly failure: ProbeFailure }
  /** Another probe had shown already that it cannot be answered, or nobody needs the answer. */
  | { readonly outcome: "not-made" };

/** Why a probe failed, told apart as far as the next step of a person differs. */
export interface ProbeFailure {
  readonly kind: ProbeFailureKind;
  /** AWS's name of the error, or the system's: `AccessDeniedException`, `ENOTFOUND`. */
  readonly name: string;
  /** AWS's message in quotes, without account numbers, ARNs and keys; empty where it may repeat a signed request. */
  readonly words: string;
}

export type ProbeFailureKind =
  /** No provider of the SDK has credentials. */
  | "no-credentials"
  /** The credentials or the sign-in that they come from have expired. */
  | "sign-in-expired"
  /** The access key is not known: deleted, mistyped, of another partition, or of a region that is not enabled. */
  | "unknown-key"
  /** The secret does not belong to the access key. */
  | "wrong-secret"
  /** The signature's time is too far from AWS's, also after the SDK's correction. */
  | "clock"
  /** No policy of the identity permits the action; AWS names that reason. */
  | "denied-by-policy"
  /** A policy denies it explicitly. */
  | "denied-explicitly"
  /** A policy of the organization denies it. */
  | "denied-by-organization"
  /** Denied, and AWS names no reason. */
  | "denied"
  /** The account is a member of an organization whose payer keeps this to itself. */
  | "member-account"
  /** Cost Explorer was never opened in this account. */
  | "not-enabled"
  /** The account is suspended, closed, or its sign-up is not complete. */
  | "account-inactive"
  /** Cost Explorer prepares its data. */
  | "no-data"
  /** There is no such thing: a bucket, an organization. */
  | "not-found"
  /** The bucket is in another region, and the answer does not say in which. */
  | "redirected"
  /** The service or its stand-in has no such function. */
  | "unsupported"
  /** The encryption key of the bucket cannot be used. */
  | "no-key"
  | "throttled"
  /** The TLS certificate is not trusted. */
  | "untrusted"
  /** An answer came that AWS does not write. */
  | "not-aws"
  /** No answer. */
  | "unreachable"
  /** AWS failed. */
  | "server"
  /** Refused for another reason. */
  | "refused";

export const notMade: Probe<never> = { outcome: "not-made" };

/** The value of an answered probe; `null` of any other. */
export const answered = <Value>(probe: Probe<Value>): Value | null =>
  probe.outcome === "answered" ? probe.value : null;

/** The failure of a failed probe; `null` of any other. */
export const failureOf = (probe: Probe<unknown>): ProbeFailure | null =>
  probe.outcome === "failed" ? probe.failure : null;
