import type { CostSourceFailure } from "@dapanoskop/core/source";
import { describe, expect, it, vi } from "vitest";
import { answers, refuses, says } from "../testing/scripted-endpoint.ts";
import { aGoodPage, byApp, scripted, withoutAwsSettings } from "../testing/scripted-source.ts";
import { costExplorerSource } from "./cost-explorer-source.ts";

const DENIED =
  "User: arn:aws:sts::123456789012:assumed-role/Collector/jane@example.com is not authorized to perform: " +
  "ce:GetCostAndUsage on resource: arn:aws:ce:us-east-1:123456789012:/GetCostAndUsage because no identity-based " +
  "policy allows the ce:GetCostAndUsage action";

/** AWS's error, the failure that it means, and the sentence for it. */
const failures: readonly (readonly [
  name: string,
  message: string,
  failure: CostSourceFailure,
  sentence: RegExp,
])[] = [
  ["AccessDeniedException", DENIED, "access-denied", /Grant ce:GetCostAndUsage to the role/],
  ["AccessDenied", "no", "access-denied", /Grant ce:GetCostAndUsage/],
  ["UnauthorizedOperation", "no", "access-denied", /Grant ce:GetCostAndUsage/],
  ["NotAuthorized", "no", "access-denied", /Grant ce:GetCostAndUsage/],
  ["SubscriptionRequiredException", "no", "not-activated", /switch it on/],
  ["AccessDeniedException", "The payer account denies it.", "access-denied", /management account/],
  [
    "AccessDeniedException",
    "User not enabled for cost explorer access",
    "not-activated",
    /switch it on; the first data takes up to 24 hours/,
  ],
  [
    "OptInRequired",
    "The AWS Access Key Id needs a subscription for the service",
    "not-activated",
    /switch it on/,
  ],
  [
    "AccessDeniedException",
    "Linked account doesn't have access to cost explorer.",
    "access-denied",
    /management account/,
  ],
  [
    "ValidationException",
    "Operation not permitted for member accounts. This API is only allowed for regular or payer accounts.",
    "access-denied",
    /management account/,
  ],
  [
    "UnrecognizedClientException",
    "The security token included in the request is invalid.",
    "credentials",
    /Sign in/,
  ],
  [
    "ExpiredTokenException",
    "The security token included in the request is expired",
    "credentials",
    /Sign in again/,
  ],
  ["ExpiredToken", "expired", "credentials", /Sign in again/],
  ["InvalidClientTokenId", "unknown", "credentials", /Sign in again/],
  [
    "InvalidSignatureException",
    "The request signature we calculated does not match",
    "credentials",
    /secret access key/,
  ],
  ["SignatureDoesNotMatch", "does not match", "credentials", /corrects a wrong clock by itself/],
  ["RequestExpired", "Request has expired", "credentials", /corrects a wrong clock by itself/],
  [
    "DataUnavailableException",
    "Data is not available. Please try to adjust the time period. If just enabled Cost Explorer, data might not be ingested yet",
    "data-unavailable",
    /Run again tomorrow.*might not be ingested yet/,
  ],
  ["BillExpirationException", "The requested report expired.", "out-of-history", /expired/],
  [
    "ValidationException",
    "To retrieve data beyond the past 14 months, your start date needs to be the first day of the month.",
    "out-of-history",
    /later month/,
  ],
  [
    "ValidationException",
    "You haven't enabled historical data beyond 14 months.",
    "out-of-history",
    /multi-year data/,
  ],
  [
    "ValidationException",
    "start date is too old for daily granularity, max months for data available is 12 months",
    "out-of-history",
    /has no data of this time any more/,
  ],
  [
    "ValidationException",
    "And expression must have at least 2 operands",
    "validation",
    /"And expression must have/,
  ],
  ["ValidationException", "end date past the beginning of next month", "validation", /"end date past/],
  ["ResourceNotFoundException", "The specified ARN could not be found", "validation", /refused as wrong/],
  [
    "SomethingNewException",
    "never seen before",
    "validation",
    /"never seen before" \("SomethingNewException"\)/,
  ],
  [
    "BillingViewHealthStatusException",
    "The billing view status must be HEALTHY",
    "unreachable",
    /Run again later/,
  ],
];

describe("an error of Cost Explorer", () => {
  for (const [name, message, failure, sentence] of failures) {
    it(`becomes a failure with an advice: ${name}, ${message.slice(0, 50)}`, async () => {
      const { source, requests } = await scripted([refuses(name, message)]);
      const error: unknown = await source.query(byApp).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        name: "CostSourceError",
        failure,
        window: byApp.window,
        message: expect.stringMatching(sentence),
        cause: { name },
      });
      expect(error).toMatchObject({
        message: expect.stringMatching(
          /^GetCostAndUsage \(DAILY UnblendedCost by tag "App"\) for 2026-02-01 to 2026-02-28: /,
        ),
      });
      expect(requests).toHaveLength(1);
    });
  }

  it("names the permission that each call needs", async () => {
    const denied = refuses("AccessDeniedException", "no");
    const { source } = await scripted([denied]);
    await expect(source.forecast({ window: byApp.window, metric: "UnblendedCost" })).rejects.toThrow(
      /Grant ce:GetCostForecast/,
    );
    await expect(source.costCategories(byApp.window)).rejects.toThrow(/Grant ce:GetCostCategories/);
    await expect(source.splitCharges("CostCenter")).rejects.toThrow(/Grant ce:ListCostCategoryDefinitions/);
    const listed = await scripted([
      answers({
        CostCategoryReferences: [{ Name: "CostCenter", CostCategoryArn: "arn:aws:ce::1:costcategory/1" }],
      }),
      denied,
    ]);
    await expect(listed.source.splitCharges("CostCenter")).rejects.toThrow(
      /Grant ce:DescribeCostCategoryDefinition/,
    );
  });

  it("of the server is retried, then reported as one", async () => {
    const { source, requests } = await scripted([refuses("InternalFailure", "try later", 500)]);
    await expect(source.query(byApp)).rejects.toMatchObject({
      failure: "unreachable",
      message: expect.stringMatching(/failed 8 times, the last time with status 500/),
    });
    expect(requests).toHaveLength(8);
  });

  it("with the status 429 is throttling, whatever its name", async () => {
    for (const step of [refuses("NeverSeenBefore", "slow down", 429), says(429, "<html>", "text/html")]) {
      const { source, requests, sleeps } = await scripted([step]);
      await expect(source.query(byApp)).rejects.toMatchObject({
        failure: "unreachable",
        message: expect.stringMatching(/throttled \(".*"\), 8 attempts were made/),
      });
      expect(requests).toHaveLength(8);
      expect(sleeps).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
    }
  });

  it("about the clock is corrected by the SDK, and the request is sent again", async () => {
    const wrongClock = refuses(
      "InvalidSignatureException",
      "Signature expired: 20260101T000000Z is now earlier than …",
    );
    const { source, requests } = await scripted([wrongClock, answers(aGoodPage)]);
    expect((await source.query(byApp)).rows).toHaveLength(1);
    expect(requests).toHaveLength(2);
  });

  it("keeps accounts, roles, people and keys out of its sentence", async () => {
    const { source } = await scripted([
      refuses("AccessDeniedException", `${DENIED} 123456789012 AKIAIOSFODNN7EXAMPLE`),
    ]);
    await expect(source.query(byApp)).rejects.not.toThrow(/123456789012|Collector|jane|AKIA/);
    const secret = "The Canonical String should have been 'x-amz-security-token:FwoGZXIvYXdzEXAMPLE'";
    const signed = await scripted([refuses("SignatureDoesNotMatch", secret)]);
    await expect(signed.source.query(byApp)).rejects.not.toThrow(/FwoGZXIvYXdzEXAMPLE/);
  });

  it("quotes AWS's message on one line, escaped and cut", async () => {
    const { source } = await scripted([
      refuses("ValidationException", `a\nb\u0000c\u202ed${"x".repeat(10_000)}`),
    ]);
    const error: unknown = await source.query(byApp).catch((thrown: unknown) => thrown);
    const message = error instanceof Error ? error.message : "";
    expect(message).toContain(String.raw`"a\nb\u0000c\u202ed`);
    expect(message).not.toMatch(/[\n\u0000\u202e]/);
    expect(message.length).toBeLessThan(900);
  });
});

describe("an answer that is none of Cost Explorer", () => {
  it("is a protocol error when it reports success and is not JSON", async () => {
    for (const bytes of ["<html>welcome", '{"ResultsByTime":[', "\u0000"]) {
      const { source } = await scripted([says(200, bytes)]);
      await expect(source.query(byApp)).rejects.toMatchObject({
        failure: "protocol",
        message: expect.stringMatching(/not JSON/),
      });
      // Every further attempt would cost a cent.
      expect(source.requestCosts.pages).toBe(1);
    }
  });

  it("is a protocol error when it is empty", async () => {
    const { source } = await scripted([says(200, "")]);
    await expect(source.query(byApp)).rejects.toMatchObject({ failure: "protocol" });
  });

  it("points at a proxy when it is HTML", async () => {
    const { source } = await scripted([says(403, "<html>blocked", "text/html")]);
    await expect(source.query(byApp)).rejects.toMatchObject({
      failure: "unreachable",
      message: expect.stringMatching(/status 403.*proxy/),
    });
  });

  it("is not requested without credentials", async () => {
    const { source, requests } = await scripted([answers(aGoodPage)], {
      credentials: undefined,
    });
    await expect(source.query(byApp)).rejects.toMatchObject({
      failure: "credentials",
      message: expect.stringMatching(/no AWS credentials that work \("CredentialsProviderError"\)/),
    });
    expect(requests).toHaveLength(0);
  });

  it("is told apart from the refusal of STS to give credentials", async () => {
    const sts = await scripted([
      says(
        403,
        "<ErrorResponse><Error><Code>AccessDenied</Code><Message>Not authorized to perform sts:AssumeRoleWithWebIdentity</Message></Error></ErrorResponse>",
        "text/xml",
      ),
    ]);
    withoutAwsSettings();
    vi.stubEnv("AWS_ENDPOINT_URL_STS", sts.url);
    vi.stubEnv("AWS_REGION", "us-east-1");
    vi.stubEnv("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/collector");
    vi.stubEnv("AWS_WEB_IDENTITY_TOKEN_FILE", "/dev/null");
    await expect(costExplorerSource().query(byApp)).rejects.toMatchObject({
      failure: "credentials",
      message: expect.stringMatching(/Sign in again.*check the role|check the role/),
    });
  });
});
