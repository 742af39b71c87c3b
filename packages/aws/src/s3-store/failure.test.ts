import type { ArtifactStore, StoreFailure } from "@dapanoskop/core/store";
import { StoreError } from "@dapanoskop/core/store";
import { describe, expect, it } from "vitest";
import { refuses, type S3Step, scriptedS3 } from "./testing/scripted-s3.ts";

const KEY = "2026-03/summary.json";
const object = { body: new TextEncoder().encode("the bill"), contentType: "application/json" };
const DENIED =
  "User: arn:aws:sts::123456789012:assumed-role/Collector/jane@example.com is not authorized to perform: " +
  "s3:PutObject on resource: arn:aws:s3:::bill/data/2026-03/summary.json because no identity-based policy allows it";
const KMS_DENIED =
  "User: arn:aws:sts::123456789012:assumed-role/Collector/jane@example.com is not authorized to perform: " +
  "kms:GenerateDataKey on resource: arn:aws:kms:eu-west-1:123456789012:key/1234 because no resource-based policy allows it";

type Verb = "get" | "head" | "list" | "put";
const verbs: Readonly<Record<Verb, (store: ArtifactStore) => Promise<unknown>>> = {
  get: (store) => store.get(KEY),
  head: (store) => store.head(KEY),
  list: (store) => store.list(""),
  put: (store) => store.putIfAbsent(KEY, object),
};

/** The request, S3's answer, the failure that it means, and the sentence for it. */
const failures: readonly (readonly [Verb, number, string, string, StoreFailure, RegExp])[] = [
  [
    "get",
    404,
    "NoSuchBucket",
    "The specified bucket does not exist",
    "no-such-place",
    /no bucket bill\. Create it, or correct/,
  ],
  ["put", 404, "NoSuchBucket", "The specified bucket does not exist", "no-such-place", /no bucket bill/],
  [
    "list",
    404,
    "NoSuchBucket",
    "The specified bucket does not exist",
    "no-such-place",
    /^s3:\/\/bill\/data could not be listed: .*no bucket bill/,
  ],
  [
    "put",
    403,
    "AccessDenied",
    DENIED,
    "access-denied",
    /Grant s3:PutObject, and s3:GetObject, which If-Match needs, on s3:\/\/bill\/data\/\*/,
  ],
  [
    "get",
    403,
    "AccessDenied",
    "Access Denied",
    "access-denied",
    /or it does not exist: without s3:ListBucket S3 answers both alike\. Grant s3:GetObject on s3:\/\/bill\/data\/\* and s3:ListBucket on the bucket bill/,
  ],
  ["head", 403, "", "", "access-denied", /Grant s3:GetObject .* and s3:ListBucket.*kms:Decrypt/],
  ["list", 403, "AccessDenied", "Access Denied", "access-denied", /Grant s3:ListBucket on the bucket bill/],
  [
    "put",
    403,
    "AccountProblem",
    "There is a problem with your account.",
    "access-denied",
    /problem with your account/,
  ],
  [
    "put",
    403,
    "AccessDenied",
    KMS_DENIED,
    "access-denied",
    /encryption key cannot be used\. Grant kms:GenerateDataKey/,
  ],
  [
    "get",
    403,
    "AccessDenied",
    "not authorized to perform: kms:Decrypt on this resource",
    "access-denied",
    /Grant kms:Decrypt/,
  ],
  [
    "get",
    400,
    "KMS.DisabledException",
    "key is disabled",
    "access-denied",
    /Grant kms:Decrypt.*see that the key is enabled.*key is disabled/,
  ],
  ["put", 400, "KMS.NotFoundException", "Key does not exist", "access-denied", /Grant kms:GenerateDataKey/],
  [
    "get",
    403,
    "InvalidAccessKeyId",
    "The AWS Access Key Id you provided does not exist",
    "credentials",
    /no AWS credentials that work \("InvalidAccessKeyId"\)\. Sign in again/,
  ],
  [
    "put",
    403,
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match",
    "credentials",
    /check the secret access key first, then this machine's time/,
  ],
  [
    "get",
    400,
    "ExpiredToken",
    "The provided token has expired.",
    "credentials",
    /Sign in again \(aws sso login\)/,
  ],
  ["put", 400, "InvalidToken", "The provided token is malformed", "credentials", /Sign in again/],
  ["head", 400, "", "", "access-denied", /status 400, and gives no reason.*Sign in again/],
  [
    "get",
    403,
    "RequestTimeTooSkewed",
    "The difference between the request time and the current time is too large.",
    "credentials",
    /does not accept this machine's clock \("RequestTimeTooSkewed"\).*Set the clock/,
  ],
  [
    "put",
    400,
    "XAmzContentSHA256Mismatch",
    "The provided header does not match what was computed.",
    "corrupt",
    /other bytes than were sent/,
  ],
  [
    "get",
    403,
    "InvalidObjectState",
    "The operation is not valid for the object's storage class",
    "corrupt",
    /moved to an archive\. Restore it.*lifecycle/,
  ],
  [
    "put",
    501,
    "NotImplemented",
    "A header you provided implies functionality that is not implemented",
    "no-such-place",
    /needs conditional writes \(If-None-Match, If-Match\)/,
  ],
  ["put", 405, "MethodNotAllowed", "not allowed", "no-such-place", /does not do what S3 does/],
  [
    "get",
    301,
    "PermanentRedirect",
    "must be addressed using the specified endpoint",
    "no-such-place",
    /in another region, and S3 did not say in which\. Set AWS_REGION/,
  ],
  [
    "put",
    307,
    "TemporaryRedirect",
    "Please re-send this request to the specified temporary endpoint.",
    "no-such-place",
    /some minutes/,
  ],
  [
    "put",
    400,
    "InvalidRequest",
    "never seen before",
    "access-denied",
    /refused it as wrong\. S3 says "never seen before" \("InvalidRequest"\)/,
  ],
  [
    "get",
    503,
    "SlowDown",
    "Please reduce your request rate.",
    "unreachable",
    /asked for fewer requests \("SlowDown"\), 4 times/,
  ],
  [
    "get",
    429,
    "NeverSeenBefore",
    "Too many.",
    "unreachable",
    /fewer requests \("NeverSeenBefore"\), 4 times/,
  ],
  ["head", 429, "", "", "unreachable", /fewer requests \("status 429"\), 4 times/],
  ["head", 503, "", "", "unreachable", /fewer requests \("status 503"\), 4 times/],
  [
    "put",
    429,
    "NeverSeenBefore",
    "Too many.",
    "unknown-outcome",
    /is not known: S3 asked for fewer requests/,
  ],
  ["put", 400, "BadDigest", "no", "corrupt", /received other bytes than were sent/],
  ["put", 400, "InvalidDigest", "no", "corrupt", /received other bytes than were sent/],
  ["put", 400, "XAmzContentChecksumMismatch", "no", "corrupt", /received other bytes than were sent/],
  ["list", 503, "SlowDown", "Please reduce your request rate.", "unreachable", /asked for fewer requests/],
  [
    "put",
    503,
    "SlowDown",
    "Please reduce your request rate.",
    "unknown-outcome",
    /is not known: S3 asked for fewer requests \("SlowDown"\), 3 times/,
  ],
  [
    "get",
    500,
    "InternalError",
    "We encountered an internal error.",
    "unreachable",
    /failed 4 times, at last with "InternalError"/,
  ],
  [
    "put",
    500,
    "InternalError",
    "We encountered an internal error.",
    "unknown-outcome",
    /is not known: S3 failed 3 times/,
  ],
];

async function failing(verb: Verb, step: S3Step): Promise<{ failure: StoreError; requests: number }> {
  const { store, requests } = await scriptedS3([step]);
  const failure = await verbs[verb](store).catch((thrown: unknown) => thrown);
  if (!(failure instanceof StoreError)) throw new Error(`Expected a StoreError, not ${String(failure)}`);
  return { failure, requests: requests.length };
}

describe("an error of S3", () => {
  it.each(failures)(
    "becomes a failure with an advice: %s, %i %s",
    async (verb, status, code, message, failure, sentence) => {
      const { failure: error, requests } = await failing(verb, refuses(status, code, message));
      expect(error).toMatchObject({ failure, key: verb === "list" ? null : KEY });
      expect(error.message).toMatch(sentence);
      expect(error.message).toContain("s3://bill/data");
      expect(error.message).toMatch(/\.$/);
      expect(error.message).not.toMatch(/\n|123456789012|jane|arn:aws/);
      expect(error.cause).toBeDefined();
      const again = failure === "unreachable" || failure === "unknown-outcome";
      // A request that would be answered alike again is sent once.
      if (!again) expect(requests).toBe(1);
    },
  );

  it("quotes hostile messages escaped and cut", async () => {
    const { failure } = await failing(
      "get",
      refuses(400, "InvalidRequest", `a&#x202e;b&#10;c ${"x".repeat(10_000)}`),
    );
    expect(failure.message).toContain(String.raw`a\u202eb\nc`);
    expect(failure.message.length).toBeLessThan(700);
  });
});
