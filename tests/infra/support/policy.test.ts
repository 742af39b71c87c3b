import { describe, expect, it } from "vitest";
import { decide, type Policy, type Principal, type Statement } from "./policy.ts";

const ROLE = { arn: "arn:aws:iam::111122223333:role/reader" };
const ROOT = { AWS: "arn:aws:iam::111122223333:root" };
const policy = (...statements: readonly Partial<Statement>[]): Policy => ({
  Statement: statements.map((one) => ({
    Effect: "Allow",
    Action: "s3:GetObject",
    Resource: "bucket/*",
    ...one,
  })),
});

interface Policies {
  readonly own?: readonly Policy[];
  readonly resource?: Policy;
}

describe("a decision on a request for an object", () => {
  it.each<[string, Principal, Policies, string]>([
    ["without a policy", ROLE, {}, "not allowed"],
    ["the principal's own policy", ROLE, { own: [policy({})] }, "allowed"],
    ["the resource's policy", ROLE, { resource: policy({ Principal: { AWS: ROLE.arn } }) }, "allowed"],
    ["another principal", ROLE, { resource: policy({ Principal: { AWS: `${ROLE.arn}s` } }) }, "not allowed"],
    ["another resource", ROLE, { own: [policy({ Resource: "other/*" })] }, "not allowed"],
    ["another action", ROLE, { own: [policy({ Action: "s3:put*" })] }, "not allowed"],
    ["an action in other letters", ROLE, { own: [policy({ Action: "S3:get*" })] }, "allowed"],
    [
      "a denial beside what allows",
      ROLE,
      { own: [policy({})], resource: policy({ Effect: "Deny", Principal: "*" }) },
      "denied",
    ],
    [
      "a service",
      { service: "a.amazonaws.com" },
      { resource: policy({ Principal: { Service: "a.amazonaws.com" } }) },
      "allowed",
    ],
    [
      "another service",
      { service: "b.amazonaws.com" },
      { resource: policy({ Principal: { Service: "a.amazonaws.com" } }) },
      "not allowed",
    ],
    [
      "anybody, where services are named",
      "anybody",
      { resource: policy({ Principal: { Service: "a.amazonaws.com" } }) },
      "not allowed",
    ],
    ["anybody, where everybody is named", "anybody", { resource: policy({ Principal: "*" }) }, "allowed"],
  ])("depends on %s", (_, principal, policies, decision) => {
    expect(decide({ principal, action: "s3:GetObject", resource: "bucket/key" }, policies)).toBe(decision);
  });
});

describe("a decision on a request for a key", () => {
  const own = [policy({ Action: "kms:Sign", Resource: "key" })];
  const delegated = policy({ Principal: ROOT, Action: "kms:*", Resource: "*" });
  it.each<[string, Principal, Policies, string]>([
    ["needs the key's policy", ROLE, { own, resource: policy() }, "not allowed"],
    ["is left to the account where that policy names it", ROLE, { own, resource: delegated }, "allowed"],
    ["then needs the principal's own policy", ROLE, { resource: delegated }, "not allowed"],
    [
      "is not left to another account",
      { arn: "arn:aws:iam::999999999999:role/a" },
      { own, resource: delegated },
      "not allowed",
    ],
  ])("%s", (_, principal, policies, decision) => {
    expect(decide({ principal, action: "kms:Sign", resource: "key" }, policies)).toBe(decision);
  });
});

describe("a condition", () => {
  const ARN = { "aws:SourceArn": "arn:one" };
  const ABSENT = { "s3:if-match": "true", "s3:if-none-match": "true" };
  it.each<[string, Record<string, string>, Record<string, string>, string]>([
    ["ArnEquals", ARN, { "AWS:sourcearn": "arn:one" }, "allowed"],
    ["ArnEquals", ARN, {}, "not allowed"],
    ["ArnNotEquals", ARN, {}, "allowed"],
    ["ArnNotEquals", ARN, { "aws:SourceArn": "arn:one" }, "not allowed"],
    ["Null", ABSENT, {}, "allowed"],
    ["Null", ABSENT, { "s3:if-match": "e" }, "not allowed"],
    ["Bool", { "aws:SecureTransport": "false" }, { "aws:SecureTransport": "true" }, "not allowed"],
    ["NumericLessThan", { "s3:TlsVersion": "1.2" }, { "s3:TlsVersion": "1.1" }, "allowed"],
    ["NumericLessThan", { "s3:TlsVersion": "1.2" }, { "s3:TlsVersion": "1.2" }, "not allowed"],
  ])("%s %o on the keys %o: %s", (operator, test, context, decision) => {
    const own = [policy({ Condition: { [operator]: test } })];
    expect(
      decide({ principal: ROLE, action: "s3:GetObject", resource: "bucket/key", context }, { own }),
    ).toBe(decision);
  });

  it("of an operator that is not supported is an error", () => {
    const own = [policy({ Condition: { StringLike: { a: "b" } } })];
    const request = { principal: ROLE, action: "s3:GetObject", resource: "bucket/key" };
    expect(() => decide(request, { own })).toThrow("The condition operator StringLike is not supported");
  });
});
