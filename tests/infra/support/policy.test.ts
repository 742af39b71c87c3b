import { describe, expect, it } from "vitest";
import { type Decision, decide, type Policy, type Principal, type Statement } from "./policy.ts";

const ROLE = { arn: "arn:aws:iam::111122223333:role/reader" };
const STRANGER = { arn: "arn:aws:iam::999999999999:role/a" };
const [A, B] = [{ service: "a.amazonaws.com" }, { service: "b.amazonaws.com" }];

const policy = (statement: Partial<Statement>): Policy => ({
  Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: "bucket/*", ...statement }],
});
const OWN = policy({});
const NONE: Policy = { Statement: [] };
const forA = policy({ Principal: { Service: A.service } });
const sign = policy({ Action: "kms:Sign", Resource: "key" });
const delegated = policy({
  Principal: { AWS: "arn:aws:iam::111122223333:root" },
  Action: "kms:*",
  Resource: "*",
});

describe("a decision", () => {
  it.each<[string, Principal, own: Policy | null, of: Policy | undefined, Decision]>([
    ["without a policy", ROLE, null, undefined, "not allowed"],
    ["the principal's own policy", ROLE, OWN, undefined, "allowed"],
    ["the resource's policy", ROLE, null, policy({ Principal: { AWS: ROLE.arn } }), "allowed"],
    ["another principal", ROLE, null, policy({ Principal: { AWS: STRANGER.arn } }), "not allowed"],
    ["another resource", ROLE, policy({ Resource: "other/*" }), undefined, "not allowed"],
    ["another action", ROLE, policy({ Action: "s3:put*" }), undefined, "not allowed"],
    ["an action in other letters", ROLE, policy({ Action: "S3:get*" }), undefined, "allowed"],
    ["a denial beside what allows", ROLE, OWN, policy({ Effect: "Deny", Principal: "*" }), "denied"],
    ["a service", A, null, forA, "allowed"],
    ["another service", B, null, forA, "not allowed"],
    ["anybody, where services are named", "anybody", null, forA, "not allowed"],
    ["anybody, where everybody is named", "anybody", null, policy({ Principal: "*" }), "allowed"],
  ])("on a request for an object depends on %s", (_, principal, own, resource, decision) => {
    const policies = { own: own === null ? [] : [own], ...(resource && { resource }) };
    expect(decide({ principal, action: "s3:GetObject", resource: "bucket/key" }, policies)).toBe(decision);
  });

  it.each<[string, Principal, own: Policy, of: Policy, Decision]>([
    ["needs the key's policy", ROLE, sign, NONE, "not allowed"],
    ["is left to the account where that policy names it", ROLE, sign, delegated, "allowed"],
    ["then needs the principal's own policy", ROLE, NONE, delegated, "not allowed"],
    ["is not left to another account", STRANGER, sign, delegated, "not allowed"],
  ])("on a request for a key %s", (_, principal, own, resource, decision) => {
    const request = { principal, action: "kms:Sign", resource: "key" };
    expect(decide(request, { own: [own], resource })).toBe(decision);
  });
});

describe("a condition", () => {
  const ARN = { "aws:SourceArn": "arn:one" };
  const ABSENT = { "s3:if-match": "true", "s3:if-none-match": "true" };
  const OLD = { "s3:TlsVersion": "1.2" };
  const PLAIN = { "aws:SecureTransport": "false" };
  const decision = (operator: string, test: Record<string, string>, context: Record<string, string>) =>
    decide(
      { principal: ROLE, action: "s3:GetObject", resource: "bucket/key", context },
      { own: [policy({ Condition: { [operator]: test } })] },
    );

  it.each<[string, Record<string, string>, Record<string, string>, Decision]>([
    ["ArnEquals", ARN, { "AWS:sourcearn": "arn:one" }, "allowed"],
    ["ArnEquals", ARN, {}, "not allowed"],
    ["ArnNotEquals", ARN, {}, "allowed"],
    ["ArnNotEquals", ARN, { "aws:SourceArn": "arn:one" }, "not allowed"],
    ["Null", ABSENT, {}, "allowed"],
    ["Null", ABSENT, { "s3:if-match": "e" }, "not allowed"],
    ["Bool", PLAIN, { "aws:SecureTransport": "true" }, "not allowed"],
    ["NumericLessThan", OLD, { "s3:TlsVersion": "1.1" }, "allowed"],
    ["NumericLessThan", OLD, { "s3:TlsVersion": "1.2" }, "not allowed"],
  ])("%s %o on the keys %o: %s", (operator, test, context, expected) => {
    expect(decision(operator, test, context)).toBe(expected);
  });

  it("of an operator that is not supported is an error", () => {
    expect(() => decision("StringLike", { a: "b" }, {})).toThrow(
      "The condition operator StringLike is not supported",
    );
  });
});
