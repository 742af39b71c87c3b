import { describe, expect, it } from "vitest";
import { decide, type Policy, type Principal } from "./support/policy.ts";
import { ACCOUNT, everything, ofType, policyOf, roleArn, system, the } from "./support/the-system.ts";

const made = system(everything);

const TLS = { "aws:SecureTransport": "true", "s3:TlsVersion": "1.3" };
const PIPELINE = { arn: roleArn("collect") };
const ADMIN = { arn: `arn:aws:iam::${ACCOUNT}:role/admin` };
const STRANGER = { arn: "arn:aws:iam::999999999999:role/stranger" };
const CLOUDFRONT = { service: "cloudfront.amazonaws.com" };
const anything: Policy = { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

const OURS = "aws_cloudfront_distribution.page.arn";
const OTHER = "arn:aws:cloudfront::999999999999:distribution/EOTHER";

/** What somebody may do with a bucket who brings their own policy along. */
function asking(bucket: "data" | "app", principal: Principal, own: readonly Policy[] = []) {
  return (action: string, key: string | null, context: Readonly<Record<string, string>> = {}) =>
    decide(
      {
        principal,
        action,
        resource: `aws_s3_bucket.${bucket}.arn${key === null ? "" : `/${key}`}`,
        context: { ...TLS, ...context },
      },
      { own, resource: policyOf(made, `aws_s3_bucket_policy.private["${bucket}"]`) },
    );
}

describe("the data bucket", () => {
  const pipeline = asking("data", PIPELINE, [policyOf(made, "aws_iam_role_policy.collect")]);
  const admin = asking("data", ADMIN, [anything]);
  const NEW = { "s3:if-none-match": "*" };
  const READ = { "s3:if-match": '"etag"' };
  const staged = "_runs/2026-02-15T06-00-00Z-0123/2026-02/summary.json";

  it("takes a staged file once: without If-None-Match it is refused, to the pipeline too", () => {
    expect(pipeline("s3:PutObject", staged, NEW)).toBe("allowed");
    expect(pipeline("s3:PutObject", staged)).toBe("denied");
    expect(pipeline("s3:PutObject", staged, READ)).toBe("denied");
  });

  it("takes an index from whoever read the one before, or knows of none", () => {
    expect(pipeline("s3:PutObject", "index.json", READ)).toBe("allowed");
    expect(pipeline("s3:PutObject", "index.json", NEW)).toBe("allowed");
    expect(pipeline("s3:PutObject", "index.json")).toBe("denied");
  });

  it("takes the stable files as the pipeline writes them, and lets it read", () => {
    for (const key of ["trend.json", "2026-02/summary.json", "2026-02/cost-by-workload.parquet"]) {
      expect([key, pipeline("s3:PutObject", key, READ)]).toEqual([key, "allowed"]);
    }
    expect(pipeline("s3:GetObject", "index.json")).toBe("allowed");
    expect(pipeline("s3:ListBucket", null)).toBe("allowed");
  });

  it("is written by nobody else, not even by an administrator", () => {
    for (const write of [admin, asking("data", STRANGER, [anything]), asking("data", CLOUDFRONT)]) {
      for (const action of ["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"]) {
        expect([action, write(action, "2026-02/summary.json", READ)]).toEqual([action, "denied"]);
      }
    }
    expect(asking("data", { arn: roleArn("session") }, [anything])("s3:PutObject", "trend.json")).toBe(
      "denied",
    );
  });

  it("loses nothing by the pipeline", () => {
    for (const action of [
      "s3:DeleteObject",
      "s3:DeleteObjectVersion",
      "s3:DeleteBucket",
      "s3:PutBucketPolicy",
    ]) {
      expect([action, pipeline(action, "index.json")]).toEqual([action, "not allowed"]);
    }
  });

  it("can be mended by an administrator: its policy is theirs to change", () => {
    for (const action of ["s3:PutBucketPolicy", "s3:GetBucketPolicy", "s3:PutBucketVersioning"]) {
      expect([action, admin(action, null)]).toEqual([action, "allowed"]);
    }
  });
});

describe.each(["data", "app"] as const)("what both buckets promise: %s", (bucket) => {
  const admin = asking(bucket, ADMIN, [anything]);

  it("plain HTTP and old TLS are refused, to everybody", () => {
    const insecure: readonly Readonly<Record<string, string>>[] = [
      { "aws:SecureTransport": "false" },
      { "s3:TlsVersion": "1.1" },
    ];
    for (const context of insecure) {
      expect(admin("s3:GetObject", "index.json", context)).toBe("denied");
      expect(admin("s3:ListBucket", null, context)).toBe("denied");
      const distribution = { ...context, "aws:SourceArn": OURS };
      expect(asking(bucket, CLOUDFRONT)("s3:GetObject", "index.json", distribution)).toBe("denied");
    }
  });

  it("CloudFront reads for this distribution, and for no other", () => {
    const cloudFront = asking(bucket, CLOUDFRONT);
    expect(cloudFront("s3:GetObject", "index.json", { "aws:SourceArn": OURS })).toBe("allowed");
    expect(cloudFront("s3:GetObject", "index.json", { "aws:SourceArn": OTHER })).toBe("not allowed");
    expect(cloudFront("s3:GetObject", "index.json")).toBe("not allowed");
    expect(cloudFront("s3:PutObject", "index.json", { "aws:SourceArn": OURS })).not.toBe("allowed");
  });

  it("nobody is public: strangers and people without credentials get nothing", () => {
    for (const who of ["anybody", STRANGER] as const) {
      for (const [action, key] of [
        ["s3:GetObject", "index.json"],
        ["s3:ListBucket", null],
        ["s3:GetBucketPolicy", null],
      ] as const) {
        expect([action, asking(bucket, who)(action, key, { "aws:SourceArn": OURS })]).toEqual([
          action,
          "not allowed",
        ]);
      }
    }
  });
});

describe("which of the two tells a missing file from a forbidden one", () => {
  it("is the data bucket alone", () => {
    const list = (bucket: "data" | "app") =>
      asking(bucket, CLOUDFRONT)("s3:ListBucket", null, { "aws:SourceArn": OURS });
    expect(list("data")).toBe("allowed");
    expect(list("app")).toBe("not allowed");
    expect(asking("data", CLOUDFRONT)("s3:ListBucket", null, { "aws:SourceArn": OTHER })).toBe("not allowed");
  });
});

describe.each(["alarms", "billing"] as const)("the topic %s and its key", (name) => {
  const ask = (
    on: "topic" | "key",
    action: string,
    service: string,
    account = ACCOUNT,
    context: Readonly<Record<string, string>> = {},
  ) =>
    decide(
      {
        principal: { service },
        action,
        resource: on === "topic" ? `aws_sns_topic.${name}.arn` : `aws_kms_key.${name}.arn`,
        context: { "aws:SourceAccount": account, "aws:SecureTransport": "true", ...context },
      },
      { resource: policyOf(made, on === "topic" ? `aws_sns_topic_policy.${name}` : `aws_kms_key.${name}`) },
    );
  const needs = [
    ["topic", "sns:Publish"],
    ["key", "kms:Decrypt"],
    ["key", "kms:GenerateDataKey"],
  ] as const;

  it.each(needs)("admit CloudWatch's alarms of this account: %s, %s", (on, action) => {
    expect(ask(on, action, "cloudwatch.amazonaws.com")).toBe("allowed");
    expect(ask(on, action, "cloudwatch.amazonaws.com", "999999999999")).toBe("not allowed");
    expect(ask(on, action, "events.amazonaws.com")).toBe("not allowed");
  });

  it("takes no message over plain HTTP, nor from people of other accounts", () => {
    const plain = { "aws:SecureTransport": "false" };
    expect(ask("topic", "sns:Publish", "cloudwatch.amazonaws.com", ACCOUNT, plain)).toBe("denied");
    const stranger = { principal: STRANGER, action: "sns:Publish", resource: `aws_sns_topic.${name}.arn` };
    expect(decide(stranger, { own: [], resource: policyOf(made, `aws_sns_topic_policy.${name}`) })).toBe(
      "not allowed",
    );
  });

  it("belong together", () => {
    expect(the(made, `aws_sns_topic.${name}`).args.kms_master_key_id).toBe(`aws_kms_key.${name}.arn`);
    expect(the(made, `aws_sns_topic_policy.${name}`).args.arn).toBe(`aws_sns_topic.${name}.arn`);
  });
});

describe("the dead-letter queue", () => {
  const leave = (service: string, rule: string, context: Readonly<Record<string, string>> = {}) =>
    decide(
      {
        principal: { service },
        action: "sqs:SendMessage",
        resource: "aws_sqs_queue.dead_letters.arn",
        context: { "aws:SourceArn": rule, "aws:SecureTransport": "true", ...context },
      },
      { resource: policyOf(made, "aws_sqs_queue_policy.dead_letters") },
    );
  const RULE = "aws_cloudwatch_event_rule.collect.arn";

  it("takes what the schedule could not deliver, and nothing of another rule or service", () => {
    expect(leave("events.amazonaws.com", RULE)).toBe("allowed");
    expect(leave("events.amazonaws.com", "arn:aws:events:eu-central-1:999999999999:rule/other")).toBe(
      "not allowed",
    );
    expect(leave("sns.amazonaws.com", RULE)).toBe("not allowed");
    expect(leave("events.amazonaws.com", RULE, { "aws:SecureTransport": "false" })).toBe("denied");
  });

  it("takes what Lambda gave up, by the collector's own role", () => {
    const request = {
      principal: PIPELINE,
      action: "sqs:SendMessage",
      resource: "aws_sqs_queue.dead_letters.arn",
      context: { "aws:SecureTransport": "true" },
    };
    const resource = policyOf(made, "aws_sqs_queue_policy.dead_letters");
    expect(decide(request, { own: [policyOf(made, "aws_iam_role_policy.collect")], resource })).toBe(
      "allowed",
    );
    expect(decide(request, { own: [policyOf(made, "aws_iam_role_policy.session")], resource })).toBe(
      "not allowed",
    );
  });
});

describe("who may call the functions", () => {
  const permissions = ofType(made, "aws_lambda_permission").map(({ args }) => args);

  it("CloudFront for this distribution calls the session function, by its address and by itself", () => {
    const session = permissions.filter(({ function_name: name }) => name === "dapanoskop-session");
    expect(session.map(({ statement_id: _, ...rest }) => rest)).toEqual([
      {
        action: "lambda:InvokeFunctionUrl",
        function_name: "dapanoskop-session",
        function_url_auth_type: "AWS_IAM",
        principal: "cloudfront.amazonaws.com",
        source_arn: OURS,
      },
      {
        action: "lambda:InvokeFunction",
        function_name: "dapanoskop-session",
        principal: "cloudfront.amazonaws.com",
        source_arn: OURS,
      },
    ]);
    expect(the(made, "aws_lambda_function_url.session").args.authorization_type).toBe("AWS_IAM");
  });

  it("the schedule's rule calls the collector, and nobody else does", () => {
    const collect = permissions.filter(({ function_name: name }) => name === "dapanoskop-collect");
    expect(collect).toEqual([
      {
        statement_id: "ScheduleInvokes",
        action: "lambda:InvokeFunction",
        function_name: "dapanoskop-collect",
        principal: "events.amazonaws.com",
        source_arn: "aws_cloudwatch_event_rule.collect.arn",
      },
    ]);
    expect(permissions).toHaveLength(3);
    expect(ofType(made, "aws_lambda_function_url").map(({ name }) => name)).toEqual(["session"]);
  });
});

describe("every policy of the system", () => {
  it("is one that these tests know", () => {
    const carriers = made.resources.filter(({ args }) => "policy" in args).map(({ address }) => address);
    expect(carriers.sort()).toEqual([
      "aws_iam_role_policy.collect",
      "aws_iam_role_policy.session",
      "aws_kms_key.alarms",
      "aws_kms_key.billing",
      'aws_kms_key.signing["a"]',
      'aws_kms_key.signing["b"]',
      'aws_s3_bucket_policy.private["app"]',
      'aws_s3_bucket_policy.private["data"]',
      "aws_sns_topic_policy.alarms",
      "aws_sns_topic_policy.billing",
      "aws_sqs_queue_policy.dead_letters",
    ]);
  });
});
