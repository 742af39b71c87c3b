import { StoreError, type StoreFailure } from "@dapanoskop/core/store";
import { quoted } from "@dapanoskop/core/text";
import {
  CHECK_PROXY,
  checkNetwork,
  credentialsSentence,
  DeadlineError,
  type FailedRequest,
  LongAnswerError,
  longAnswerSentence,
  messageOf,
  quotedCause,
  quotedMessage,
  untrustedSentence,
} from "../transport/index.ts";
import { redirectRegion, refusalOf } from "./s3-error.ts";
import { placeName, type S3Place } from "./s3-url.ts";

/** What a request does, for sentences. */
export interface StoreRequest {
  readonly verb: "get" | "head" | "list" | "put" | "delete";
  /** `null` for a list. */
  readonly key: string | null;
  readonly place: S3Place;
}

/** What a failed request means, for which object, and what to do. The cause is kept; its message may name accounts. */
export function storeError(request: StoreRequest, failed: FailedRequest): StoreError {
  const { failure, sentence } = meaningOf(request, failed);
  const isOpen = failure === "unreachable" || failed.cause instanceof LongAnswerError;
  const unknown = request.verb === "put" && failed.lost && isOpen;
  return new StoreError(
    unknown ? "unknown-outcome" : failure,
    request.key,
    `${unknown ? notKnown(request) : notDone(request)}: ${sentence}`,
    { cause: failed.cause },
  );
}

/** A condition did not hold, but an earlier attempt may have written the object, and its answer was lost. */
export function maybeWritten(request: StoreRequest, { cause }: FailedRequest): StoreError {
  const sentence = "the answer to one attempt was lost, and the next was refused, because the object exists.";
  return new StoreError("unknown-outcome", request.key, `${notKnown(request)}: ${sentence} Read it again.`, {
    cause,
  });
}

/** An answer that S3 does not give; `what` says what is wrong with it. */
export function notFromS3(request: StoreRequest, what: string): StoreError {
  const put = request.verb === "put";
  return new StoreError(
    put ? "unknown-outcome" : "unreachable",
    request.key,
    `${put ? notKnown(request) : notDone(request)}: ${what}. S3 gives no such answer. ${CHECK_PROXY}`,
  );
}

interface StoreFailureMeaning {
  readonly failure: StoreFailure;
  readonly sentence: string;
}

const means = (failure: StoreFailure, sentence: string): StoreFailureMeaning => ({ failure, sentence });

function meaningOf(request: StoreRequest, failed: FailedRequest): StoreFailureMeaning {
  const { cause, failureClass } = failed;
  const { place } = request;
  const region = redirectRegion(cause);
  if (region !== null) {
    return means(
      "no-such-place",
      `S3 redirects requests for the bucket ${place.bucket} to ${region}, and from there again. Set AWS_REGION to the bucket's region.`,
    );
  }
  if (failureClass === "credentials" || failureClass === "clock-corrected") {
    return means("credentials", credentialsSentence(cause));
  }
  if (failureClass === "untrusted") return means("unreachable", untrustedSentence("S3", cause));
  return failureClass === "rejected" ? refused(request, cause) : unanswered(request, failed);
}

/** S3 answered, and would give the same answer again. */
function refused({ verb, place }: StoreRequest, cause: unknown): StoreFailureMeaning {
  const { code, message, status } = refusalOf(cause);
  if (code === null && verb !== "head") {
    return means(
      "access-denied",
      `status ${status} came back with something that S3 does not write. ${CHECK_PROXY}`,
    );
  }
  const name = code ?? "";
  const words = `S3 says ${quotedMessage(message ?? "")} (${quoted(code ?? `status ${status}`)}).`;
  if (name === "NoSuchBucket") {
    return means(
      "no-such-place",
      `there is no bucket ${place.bucket}. Create it, or correct its name; nothing here creates a bucket.`,
    );
  }
  if (name.startsWith("KMS.") || KMS_ACTION.test(message ?? "")) return noKey(verb, message ?? "", words);
  if (name === "InvalidObjectState") {
    return means(
      "corrupt",
      `it was moved to an archive. Restore it, and exclude the published files from the bucket's lifecycle rules. ${words}`,
    );
  }
  if (ALTERED.has(name)) {
    return means(
      "corrupt",
      `S3 received other bytes than were sent and did not keep them. Run again; if it repeats, look for a proxy that changes data. ${words}`,
    );
  }
  if (name === "NotImplemented" || name === "MethodNotAllowed") {
    return means(
      "no-such-place",
      `this endpoint does not do what S3 does. Publishing needs conditional writes (If-None-Match, If-Match). ${words}`,
    );
  }
  if (status === 301 || status === 307) {
    return means(
      "no-such-place",
      `the bucket is in another region, and S3 did not say in which. Set AWS_REGION to it. The address of a new bucket may take some minutes to be known. ${words}`,
    );
  }
  if (status === 403) return denied(verb, place, words);
  if (verb === "head" && code === null) {
    return means(
      "access-denied",
      `S3 refused with status ${status}, and gives no reason to a HEAD request. Sign in again (aws sso login), or check AWS_REGION.`,
    );
  }
  return means("access-denied", `S3 refused it as wrong. ${words}`);
}

function denied(verb: StoreRequest["verb"], place: S3Place, words: string): StoreFailureMeaning {
  const objects = `${placeName(place)}/*`;
  if (verb === "list") {
    return means(
      "access-denied",
      `access denied. Grant s3:ListBucket on the bucket ${place.bucket}. ${words}`,
    );
  }
  if (verb === "delete") {
    return means("access-denied", `access denied. Grant s3:DeleteObject on ${objects}. ${words}`);
  }
  if (verb === "put") {
    return means(
      "access-denied",
      `access denied. Grant s3:PutObject, and s3:GetObject, which If-Match needs, on ${objects}. ${words}`,
    );
  }
  const key =
    verb === "head"
      ? " Where the bucket is encrypted with a key of its own, kms:Decrypt is needed, too."
      : "";
  return means(
    "access-denied",
    `access denied, or it does not exist: without s3:ListBucket S3 answers both alike. Grant s3:GetObject on ${objects} ` +
      `and s3:ListBucket on the bucket ${place.bucket}.${key} ${words}`,
  );
}

const KMS_ACTION = /\bkms:[A-Za-z]{1,40}/;

function noKey(verb: StoreRequest["verb"], message: string, words: string): StoreFailureMeaning {
  const action = KMS_ACTION.exec(message)?.[0] ?? (verb === "put" ? "kms:GenerateDataKey" : "kms:Decrypt");
  return means(
    "access-denied",
    `the bucket's encryption key cannot be used. Grant ${action} on it, in the role's policy and in the key's own, and see that the key is enabled. ${words}`,
  );
}

const ALTERED = new Set([
  "BadDigest",
  "InvalidDigest",
  "XAmzContentChecksumMismatch",
  "XAmzContentSHA256Mismatch",
]);

/** No answer of S3, or one that only says that S3 is busy or failed. */
function unanswered({ place }: StoreRequest, failed: FailedRequest): StoreFailureMeaning {
  const { cause, failureClass, attempts, ranOutOfTime } = failed;
  const times = attempts === 1 ? "once" : `${attempts} times`;
  const { code, status } = refusalOf(cause);
  const error = quoted(code ?? `status ${status}`);
  const late = ranOutOfTime ? " No time was left for another attempt." : "";
  if (cause instanceof DeadlineError && !cause.sent) {
    return means(
      "unreachable",
      "no time was left for it. Give the collector more time, or collect fewer months at once.",
    );
  }
  if (cause instanceof LongAnswerError) return means("corrupt", longAnswerSentence("S3", cause));
  if (messageOf(cause).startsWith("Checksum mismatch")) {
    return means(
      "corrupt",
      `the bytes that arrived differ from the checksum that S3 keeps, ${times}. Run again; if it repeats, look for a proxy that changes data.`,
    );
  }
  if (failureClass === "throttled") {
    return means(
      "unreachable",
      `S3 asked for fewer requests (${error}), ${times}.${late} Let other users of the bucket finish, then run again.`,
    );
  }
  if (status !== null && status < 300) {
    return means("unreachable", `the answer could not be read as one of S3, ${times}.${late} ${CHECK_PROXY}`);
  }
  if (status !== null) {
    return means("unreachable", `S3 failed ${times}, at last with ${error}.${late} Run again later.`);
  }
  return means(
    "unreachable",
    `S3 gave no answer, ${times} (${quotedCause(cause)}).${late} ${checkNetwork(`the bucket ${place.bucket}`)}`,
  );
}

function notDone({ verb, key, place }: StoreRequest): string {
  if (verb === "list") return `${placeName(place)} could not be listed`;
  const done = { put: "written to", delete: "deleted from", get: "read from", head: "read from" }[verb];
  return `${key} could not be ${done} ${placeName(place)}`;
}

const notKnown = ({ key, place }: StoreRequest) =>
  `Whether ${key} was written to ${placeName(place)} is not known`;
