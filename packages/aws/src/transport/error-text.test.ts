import { describe, expect, it } from "vitest";
import { credentialsSentence, quotedMessage, untrustedSentence } from "./error-text.ts";

describe("a message of AWS in a sentence", () => {
  it("does not contain accounts, roles, people and keys", () => {
    const words =
      "User: arn:aws:sts::123456789012:assumed-role/R/jane@example.com, account 123456789012, key ASIAIOSFODNN7EXAMPLE";
    expect(quotedMessage(words)).toBe('"User: arn:…, account (account), key (access key)"');
  });

  it("does not contain mail addresses", () => {
    expect(quotedMessage("Failed: jane.doe+x@example.com, <joe@example.org>. Bad: `x@y`")).toBe(
      '"Failed: (mail address), <(mail address)>. Bad: `(mail address)`"',
    );
  });

  it("has 400 characters at most, of the first 4,000", () => {
    expect(quotedMessage("ab ".repeat(2_000))).toBe(`"${"ab ".repeat(133)}a…"`);
    // What is masked is longer than what is said: the words after it are not reached.
    expect(quotedMessage(`${"arn:x ".repeat(3)}${"arn:"}${"y".repeat(3_978)} end`)).toBe(
      '"arn:… arn:… arn:… arn:…"',
    );
    expect(quotedMessage(`${"arn:x ".repeat(3)}${"arn:"}${"y".repeat(3_974)} end`)).toBe(
      '"arn:… arn:… arn:… arn:… end"',
    );
  });

  it("keeps dates and amounts", () => {
    expect(quotedMessage("14 months, 2026-02-01, 1234567890123")).toBe(
      '"14 months, 2026-02-01, 1234567890123"',
    );
  });
});

describe("the sentence about credentials", () => {
  it.each([
    ["RequestTimeTooSkewed", /does not accept this machine's clock .*Set the clock\.$/],
    ["RequestExpired", /does not accept this machine's clock/],
    ["RequestInTheFuture", /does not accept this machine's clock/],
    ["SignatureDoesNotMatch", /check the secret access key first, then this machine's time\.$/],
    ["InvalidSignatureException", /check the secret access key first/],
    ["ExpiredToken", /Sign in again \(aws sso login\), or check the role/],
    [
      "CredentialsProviderError",
      /no AWS credentials that work \("CredentialsProviderError"\)\. Sign in again/,
    ],
  ])("says what to do about %s, without the message", (name, sentence) => {
    const text = credentialsSentence(Object.assign(new Error("t0ken"), { name }));
    expect(text).toMatch(sentence);
    expect(text).not.toContain("t0ken");
  });
});

describe("the sentence about a certificate", () => {
  it("names the service, the error and the setting", () => {
    const error = Object.assign(new Error("certificate has expired"), { code: "CERT_HAS_EXPIRED" });
    expect(untrustedSentence("S3", error)).toBe(
      'the TLS certificate of S3 is not trusted ("CERT_HAS_EXPIRED": "certificate has expired"). Where a proxy opens TLS, ' +
        "add its certificate with NODE_EXTRA_CA_CERTS.",
    );
  });
});
