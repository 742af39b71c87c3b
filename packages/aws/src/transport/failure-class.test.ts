import { S3ServiceException } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { DeadlineError } from "./attempt-timer.ts";
import { type FailureClass, failureClassOf } from "./failure-class.ts";

/** An error of the service, as the SDK throws it. */
const answered = (httpStatusCode: number, name: string, message = "", metadata: object = {}) =>
  new S3ServiceException({
    name,
    message,
    $fault: "client",
    $metadata: { httpStatusCode, ...metadata },
  });

/** An error without an answer, as Node throws it. */
const failed = (fields: object, message = "failed") => Object.assign(new Error(message), fields);

const classOf = (cause: unknown) => failureClassOf(cause, S3ServiceException);

const byName: Readonly<Partial<Record<FailureClass, readonly string[]>>> = {
  throttled: [
    "BandwidthLimitExceeded",
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
  ],
  credentials: [
    "AuthFailure",
    "AuthorizationHeaderMalformed",
    "ExpiredToken",
    "ExpiredTokenException",
    "IncompleteSignature",
    "IncompleteSignatureException",
    "InvalidAccessKeyId",
    "InvalidClientTokenId",
    "InvalidSecurity",
    "InvalidSignatureException",
    "InvalidToken",
    "MissingAuthenticationToken",
    "MissingAuthenticationTokenException",
    "MissingSecurityHeader",
    "RequestExpired",
    "RequestInTheFuture",
    "RequestTimeTooSkewed",
    "SignatureDoesNotMatch",
    "TokenRefreshRequired",
    "UnrecognizedClientException",
  ],
  lost: ["IncompleteBody", "RequestTimeout", "RequestTimeoutException"],
  rejected: ["AccessDenied", "ValidationException", "NeverSeenBefore", "Unknown", ""],
};

describe("the failure class of an answer", () => {
  it.each(
    Object.entries(byName).flatMap(([expected, names]) => names.map((name) => [name, expected] as const)),
  )('with the name "%s" is %s', (name, expected) => {
    expect(classOf(answered(400, name))).toBe(expected);
  });

  it.each([
    [200, "lost"],
    [299, "lost"],
    [301, "rejected"],
    [400, "rejected"],
    [403, "rejected"],
    [404, "rejected"],
    [408, "lost"],
    [409, "rejected"],
    [412, "rejected"],
    [429, "throttled"],
    [499, "rejected"],
    [500, "lost"],
    [501, "rejected"],
    [502, "lost"],
    [503, "lost"],
    [504, "lost"],
    [520, "lost"],
  ] as const)("with the status %i and an unknown name is %s", (status, expected) => {
    expect(classOf(answered(status, "NeverSeenBefore"))).toBe(expected);
    expect(classOf(failed({ $metadata: { httpStatusCode: status } }))).toBe(expected);
  });

  it("is clock-corrected where the SDK has corrected its clock, and credentials where it has not", () => {
    const corrected = { clockSkewCorrected: true };
    expect(classOf(answered(403, "RequestTimeTooSkewed", "", corrected))).toBe("clock-corrected");
    expect(classOf(answered(403, "", "", corrected))).toBe("clock-corrected");
    expect(classOf(answered(403, "RequestTimeTooSkewed", "", { clockSkewCorrected: false }))).toBe(
      "credentials",
    );
    expect(classOf(answered(403, "InvalidSignatureException", "Signature expired: 2026"))).toBe(
      "clock-corrected",
    );
    expect(classOf(answered(403, "InvalidSignatureException", "does not match"))).toBe("credentials");
  });

  it("is credentials where another service refuses to give them, also by throttling", () => {
    for (const name of ["AccessDenied", "Throttling", "InternalFailure"]) {
      expect(classOf(failed({ name, $fault: "client", $metadata: { httpStatusCode: 429 } }))).toBe(
        "credentials",
      );
    }
  });
});

describe("the failure class of a request without an answer", () => {
  it.each([
    ["no credentials", failed({ name: "CredentialsProviderError" }), "credentials"],
    ["no token", failed({ name: "TokenProviderError" }), "credentials"],
    ["an unknown host", failed({ code: "ENOTFOUND" }), "unsent"],
    ["a name server without an answer", failed({ code: "EAI_AGAIN" }), "unsent"],
    ["a closed port", failed({ code: "ECONNREFUSED" }), "unsent"],
    ["an unreachable host", failed({ code: "EHOSTUNREACH" }), "unsent"],
    ["an unreachable network", failed({ code: "ENETUNREACH" }), "unsent"],
    ["a connection that was not established", failed({ code: "ETIMEDOUT", syscall: "connect" }), "unsent"],
    ["a name that was not resolved", failed({ code: "ESERVFAIL", syscall: "getaddrinfo" }), "unsent"],
    ["no address that answers", failed({ name: "AggregateError" }), "unsent"],
    ["the SDK's connection timeout", failed({}, "Socket did not establish a connection in 3 s"), "unsent"],
    ["a broken connection", failed({ code: "ECONNRESET", syscall: "read" }), "lost"],
    ["a broken pipe", failed({ code: "EPIPE", syscall: "write" }), "lost"],
    ["the SDK's request timeout", failed({ name: "TimeoutError", code: "ETIMEDOUT" }), "lost"],
    ["an unknown error", failed({}), "lost"],
    ["a text", "failed", "lost"],
    ["nothing", undefined, "lost"],
    ["an expired certificate", failed({ code: "CERT_HAS_EXPIRED" }), "untrusted"],
    ["a certificate of another host", failed({ code: "ERR_TLS_CERT_ALTNAME_INVALID" }), "untrusted"],
    ["a self-signed certificate", failed({ code: "DEPTH_ZERO_SELF_SIGNED_CERT" }), "untrusted"],
    ["a self-signed chain", failed({ code: "SELF_SIGNED_CERT_IN_CHAIN" }), "untrusted"],
    ["an unknown issuer", failed({ code: "UNABLE_TO_GET_ISSUER_CERT_LOCALLY" }), "untrusted"],
    ["no time to send it", new DeadlineError(false), "unsent"],
    ["no time to wait for the answer", new DeadlineError(true), "lost"],
  ] as const)("for %s", (_, cause, expected) => {
    expect(classOf(cause)).toBe(expected);
  });
});
