import { describe, expect, it } from "vitest";
import { decide, type Policy, type Statement } from "./support/policy.ts";

const ROLE = { arn: "arn:aws:iam::111122223333:role/reader" };
const policy = (...statements: readonly Partial<Statement>[]): Policy => ({
  Statement: statements.map((one) => ({
    Effect: "Allow",
    Action: "s3:GetObject",
    Resource: "bucket/*",
    ...one,
  })),
});
const get = { principal: ROLE, action: "s3:GetObject", resource: "bucket/key" };

describe("how policies are judged by these tests", () => {
  it("allows what one of the two policies allows, and nothing else", () => {
    expect(decide(get, {})).toBe("not allowed");
    expect(decide(get, { own: [policy({})] })).toBe("allowed");
    expect(decide(get, { resource: policy({ Principal: { AWS: ROLE.arn } }) })).toBe("allowed");
    expect(
      decide(get, { resource: policy({ Principal: { AWS: "arn:aws:iam::111122223333:role/other" } }) }),
    ).toBe("not allowed");
    expect(decide({ ...get, resource: "other/key" }, { own: [policy({})] })).toBe("not allowed");
    expect(decide({ ...get, action: "s3:PutObject" }, { own: [policy({ Action: "s3:get*" })] })).toBe(
      "not allowed",
    );
    expect(decide(get, { own: [policy({ Action: "S3:get*" })] })).toBe("allowed");
  });

  it("lets a denial win, whoever allows", () => {
    const denied = policy({ Principal: "*" }, { Effect: "Deny", Principal: "*" });
    expect(decide(get, { own: [policy({})], resource: denied })).toBe("denied");
  });

  it("tells services, people and strangers apart", () => {
    const resource = policy({ Principal: { Service: "cloudfront.amazonaws.com" } });
    expect(decide({ ...get, principal: { service: "cloudfront.amazonaws.com" } }, { resource })).toBe(
      "allowed",
    );
    expect(decide({ ...get, principal: { service: "events.amazonaws.com" } }, { resource })).toBe(
      "not allowed",
    );
    expect(decide({ ...get, principal: "anybody" }, { resource })).toBe("not allowed");
    expect(decide({ ...get, principal: "anybody" }, { resource: policy({ Principal: "*" }) })).toBe(
      "allowed",
    );
  });

  it("asks a key's policy, which may leave it to the account", () => {
    const sign = { principal: ROLE, action: "kms:Sign", resource: "key" };
    const own = [policy({ Action: "kms:Sign", Resource: "key" })];
    const root = { AWS: "arn:aws:iam::111122223333:root" };
    expect(decide(sign, { own, resource: policy() })).toBe("not allowed");
    expect(decide(sign, { own, resource: policy({ Principal: root, Action: "kms:*", Resource: "*" }) })).toBe(
      "allowed",
    );
    expect(decide(sign, { resource: policy({ Principal: root, Action: "kms:*", Resource: "*" }) })).toBe(
      "not allowed",
    );
    expect(
      decide(
        { ...sign, principal: { arn: "arn:aws:iam::999999999999:role/stranger" } },
        { own, resource: policy({ Principal: root, Action: "kms:*", Resource: "*" }) },
      ),
    ).toBe("not allowed");
  });

  it("reads conditions; an absent key fails all but a denial of likeness", () => {
    const when = (Condition: Statement["Condition"], context?: Readonly<Record<string, string>>) =>
      decide({ ...get, ...(context && { context }) }, { own: [policy(Condition ? { Condition } : {})] });
    const arn = { "aws:SourceArn": "arn:one" };
    expect(when({ ArnEquals: arn }, { "AWS:sourcearn": "arn:one" })).toBe("allowed");
    expect(when({ ArnEquals: arn })).toBe("not allowed");
    expect(when({ ArnNotEquals: arn })).toBe("allowed");
    expect(when({ ArnNotEquals: arn }, { "aws:SourceArn": "arn:one" })).toBe("not allowed");
    expect(when({ Null: { "s3:if-match": "true", "s3:if-none-match": "true" } })).toBe("allowed");
    expect(
      when({ Null: { "s3:if-match": "true", "s3:if-none-match": "true" } }, { "s3:if-match": "e" }),
    ).toBe("not allowed");
    expect(when({ Bool: { "aws:SecureTransport": "false" } }, { "aws:SecureTransport": "true" })).toBe(
      "not allowed",
    );
    expect(when({ NumericLessThan: { "s3:TlsVersion": "1.2" } }, { "s3:TlsVersion": "1.1" })).toBe("allowed");
    expect(when({ NumericLessThan: { "s3:TlsVersion": "1.2" } }, { "s3:TlsVersion": "1.2" })).toBe(
      "not allowed",
    );
    expect(() => when({ StringLike: { a: "b" } })).toThrow("The condition operator StringLike is not known");
  });
});
