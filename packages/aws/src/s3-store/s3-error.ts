import { S3ServiceException } from "@aws-sdk/client-s3";
import {
  type FailureClass,
  failureClassOf,
  isOfCredentialProvider,
  messageOf,
  statusOf,
  textIn,
} from "../transport/index.ts";

/** The answer of S3 to a request that failed. `null` for what is missing: a HEAD has no body, a lost answer no status. */
export interface S3Refusal {
  readonly code: string | null;
  readonly message: string | null;
  readonly status: number | null;
}

export function refusalOf(cause: unknown): S3Refusal {
  if (isOfCredentialProvider(cause, S3ServiceException)) return { code: null, message: null, status: null };
  return {
    code: textIn(cause, "Code"),
    message: cause instanceof S3ServiceException ? cause.message : null,
    status: statusOf(cause),
  };
}

// It becomes part of a host name.
const REGION = /^[a-z]{2}(-[a-z]{2,12}){1,3}-\d{1,2}$/;

/** A client without any region begins there. S3 then says where the bucket is. */
const FIRST_REGION = "us-east-1";

/** The region that a request has to be sent to instead; `null` when its failure names none. It was not done. */
export function redirectRegion(cause: unknown): string | null {
  const { status, code } = refusalOf(cause);
  if (status === null) return messageOf(cause).startsWith("Region is missing") ? FIRST_REGION : null;
  const isRedirect =
    status === 301 ||
    status === 307 ||
    // A HEAD that is answered with 400 has no code; the region that it names is reason enough.
    (status === 400 && (code === null || MISDIRECTED.has(code)));
  if (!isRedirect) return null;
  const region =
    textIn(cause, "$response", "headers", "x-amz-bucket-region") ?? textIn(cause, "Region") ?? "";
  return REGION.test(region) ? region : null;
}

const MISDIRECTED = new Set(["AuthorizationHeaderMalformed", "IllegalLocationConstraintException"]);

export function classify(cause: unknown): FailureClass {
  if (redirectRegion(cause) !== null) return "rejected";
  // S3's SlowDown has this status, and a HEAD has nothing else.
  if (refusalOf(cause).status === 503) return "throttled";
  return failureClassOf(cause, S3ServiceException);
}
