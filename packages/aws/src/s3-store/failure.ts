import { StoreError, type StoreFailure } from "@dapanoskop/core/store";
import { quoted, quotedMessage } from "../quoted.ts";
import type { Failed } from "./connection.ts";
import { placeName, type S3Place } from "./s3-url.ts";
import { complaintOf, isDistrust, isOfCredentials, messageOf, OutOfTime, systemName } from "./setback.ts";

/** What was to be done, for sentences. */
export interface Errand {
  readonly verb: "get" | "head" | "list" | "put";
  /** `null` for a list. */
  readonly key: string | null;
  readonly place: S3Place;
}

/** What a failed request means, for which object, and what to do. The cause is kept; its message may name accounts. */
export function storeError(errand: Errand, failed: Failed): StoreError {
  const { failure, sentence } = meaningOf(errand, failed);
  const unknown = errand.verb === "put" && failed.lost && failure === "unreachable";
  return new StoreError(
    unknown ? "unknown-outcome" : failure,
    errand.key,
    `${unknown ? notKnown(errand) : notDone(errand)}: ${sentence}`,
    { cause: failed.cause },
  );
}

/** A condition did not hold, but perhaps only since an earlier attempt wrote what this one was to write. */
export function perhapsOurs(errand: Errand, { cause }: Failed): StoreError {
  const sentence =
    "the answer about one attempt was lost, and the next was refused, since something stands there.";
  return new StoreError("unknown-outcome", errand.key, `${notKnown(errand)}: ${sentence} Read it again.`, {
    cause,
  });
}

/** An answer arrived that S3 would not give. */
export function notS3(errand: Errand, what: string): StoreError {
  const put = errand.verb === "put";
  return new StoreError(
    put ? "unknown-outcome" : "unreachable",
    errand.key,
    `${put ? notKnown(errand) : notDone(errand)}: ${what}, as S3 never does. ${BETWEEN}`,
  );
}

interface Meaning {
  readonly failure: StoreFailure;
  readonly sentence: string;
}

const means = (failure: StoreFailure, sentence: string): Meaning => ({ failure, sentence });

function meaningOf(errand: Errand, failed: Failed): Meaning {
  const { cause, setback } = failed;
  if (isOfCredentials(cause)) return badCredentials(systemName(cause));
  if (setback.kind === "skewed") return badClock(cause);
  if (setback.kind === "elsewhere") return elsewhere(errand.place, setback.region);
  if (setback.kind === "settled" && complaintOf(cause).status !== null) return refused(errand, cause);
  return unanswered(errand, failed);
}

/** S3 answered, and will not change its mind. */
function refused({ verb, place }: Errand, cause: unknown): Meaning {
  const { code, message, status } = complaintOf(cause);
  if (code === null && verb !== "head") {
    return means(
      "access-denied",
      `status ${status} came back with something that S3 does not write. ${BETWEEN}`,
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
  if (CREDENTIALS.has(name)) return badCredentials(name);
  if (name.startsWith("KMS.") || KMS_ACTION.test(message ?? "")) return noKey(verb, message ?? "", words);
  if (name === "InvalidObjectState") {
    return means(
      "corrupt",
      `it was moved to an archive. Restore it, and take what is published out of the bucket's lifecycle rules. ${words}`,
    );
  }
  if (ALTERED.has(name)) {
    return means(
      "corrupt",
      `it arrived as other bytes than were sent, so S3 did not keep it. Run again; if it repeats, look for a proxy that changes what passes. ${words}`,
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
      `the bucket is in another region, and S3 did not say in which. Set AWS_REGION to it; of a bucket that is new, the address may take some minutes to be known. ${words}`,
    );
  }
  if (status === 403) return denied(verb, place, words);
  if (verb === "head" && code === null) {
    return means(
      "access-denied",
      `S3 refused with status ${status}, and gives no reason to this kind of question. Sign in again (aws sso login), or check AWS_REGION.`,
    );
  }
  return means("access-denied", `S3 refused it as wrong. ${words}`);
}

function denied(verb: Errand["verb"], place: S3Place, words: string): Meaning {
  const objects = `${placeName(place)}/*`;
  if (verb === "list") {
    return means(
      "access-denied",
      `access denied. Grant s3:ListBucket on the bucket ${place.bucket}. ${words}`,
    );
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

function noKey(verb: Errand["verb"], message: string, words: string): Meaning {
  const action = KMS_ACTION.exec(message)?.[0] ?? (verb === "put" ? "kms:GenerateDataKey" : "kms:Decrypt");
  return means(
    "access-denied",
    `the bucket's encryption key cannot be used. Grant ${action} on it, in the role's policy and in the key's own, and see that the key is enabled. ${words}`,
  );
}

/** Errors of credentials and signatures, by S3's names. */
const CREDENTIALS = new Set([
  "AuthorizationHeaderMalformed",
  "ExpiredToken",
  "IncompleteSignature",
  "InvalidAccessKeyId",
  "InvalidSecurity",
  "InvalidToken",
  "MissingSecurityHeader",
  "SignatureDoesNotMatch",
  "TokenRefreshRequired",
]);

const ALTERED = new Set([
  "BadDigest",
  "InvalidDigest",
  "XAmzContentChecksumMismatch",
  "XAmzContentSHA256Mismatch",
]);

// The message is left out: a signature error may repeat the signed request, its session token included.
function badCredentials(name: string): Meaning {
  const advice =
    name === "SignatureDoesNotMatch"
      ? "Check the secret access key."
      : "Sign in again (aws sso login), or check the role, AWS_PROFILE and AWS_ACCESS_KEY_ID of this process.";
  return means("credentials", `there are no AWS credentials that work (${quoted(name)}). ${advice}`);
}

const badClock = (cause: unknown) =>
  means(
    "credentials",
    `S3 does not believe this machine's clock (${quoted(complaintOf(cause).code ?? systemName(cause))}), corrected by S3's own time still. Set the clock.`,
  );

const elsewhere = ({ bucket }: S3Place, region: string) =>
  means(
    "no-such-place",
    `S3 sends requests for the bucket ${bucket} to ${region}, and from there away again. Set AWS_REGION to the bucket's region.`,
  );

/** No answer of S3, or none that says anything: the way there is broken, or S3 is busy. */
function unanswered({ place }: Errand, { cause, setback, attempts, ranOutOfTime }: Failed): Meaning {
  const times = attempts === 1 ? "once" : `${attempts} times`;
  const { code, status } = complaintOf(cause);
  const late = ranOutOfTime ? " No time was left for more." : "";
  if (cause instanceof OutOfTime) {
    return means(
      "unreachable",
      "no time was left for it. Give the collector more time, or fewer months at once.",
    );
  }
  if (messageOf(cause).startsWith("Checksum mismatch")) {
    return means(
      "corrupt",
      `what arrived is not what S3 keeps: the checksum differed ${times}. Run again; if it repeats, look for a proxy that changes what passes.`,
    );
  }
  if (setback.kind === "busy") {
    return means(
      "unreachable",
      `S3 asked for fewer requests (${quoted(code ?? `status ${status}`)}), ${times}.${late} Let others who use the bucket finish, then run again.`,
    );
  }
  if (status !== null && status < 300) {
    return means(
      "unreachable",
      `what came back, ${times}, cannot be read as an answer of S3.${late} ${BETWEEN}`,
    );
  }
  if (status !== null) {
    return means(
      "unreachable",
      `S3 failed ${times}, at last with ${quoted(code ?? `status ${status}`)}.${late} Run again later.`,
    );
  }
  const words = `${quoted(systemName(cause))}: ${quotedMessage(messageOf(cause))}`;
  if (isDistrust(cause)) {
    return means(
      "unreachable",
      `the certificate at S3's address is not trusted (${words}). Where a proxy opens TLS, give its certificate by NODE_EXTRA_CA_CERTS.`,
    );
  }
  return means(
    "unreachable",
    `S3 gave no answer, ${times} (${words}).${late} Check the network's way to the bucket ${place.bucket}, or ` +
      "AWS_ENDPOINT_URL where it is set, then run again.",
  );
}

const BETWEEN = "Look for a proxy in between, or at AWS_ENDPOINT_URL.";

function notDone({ verb, key, place }: Errand): string {
  if (verb === "list") return `${placeName(place)} could not be listed`;
  return `${key} could not be ${verb === "put" ? "written to" : "read from"} ${placeName(place)}`;
}

const notKnown = ({ key, place }: Errand) => `Whether ${key} was written to ${placeName(place)} is not known`;
