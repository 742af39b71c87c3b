import { describe, expect, it } from "vitest";
import { type Decision, decide, type Policy, type Principal } from "./support/policy.ts";
import { ACCOUNT, everything, ofType, policyOf, roleArn, system, the } from "./support/the-system.ts";

// Requests to the resources that have a policy of their own, and AWS's decision on each.

const made = system(everything);
const ANYTHING: Policy = { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const OTHER_ACCOUNT = "999999999999";

/** Principals, with the policies that they have themselves. */
const PRINCIPALS = {
  collector: [{ arn: roleArn("collect") }, [policyOf(made, "aws_iam_role_policy.collect")]],
  "session function": [{ arn: roleArn("session") }, [policyOf(made, "aws_iam_role_policy.session")]],
  "session function with every permission": [{ arn: roleArn("session") }, [ANYTHING]],
  administrator: [{ arn: `arn:aws:iam::${ACCOUNT}:role/admin` }, [ANYTHING]],
  "other account": [{ arn: `arn:aws:iam::${OTHER_ACCOUNT}:role/stranger` }, []],
  "administrator of another account": [{ arn: `arn:aws:iam::${OTHER_ACCOUNT}:role/admin` }, [ANYTHING]],
  anybody: ["anybody", []],
  CloudFront: [{ service: "cloudfront.amazonaws.com" }, []],
  CloudWatch: [{ service: "cloudwatch.amazonaws.com" }, []],
  EventBridge: [{ service: "events.amazonaws.com" }, []],
  SNS: [{ service: "sns.amazonaws.com" }, []],
  SES: [{ service: "ses.amazonaws.com" }, []],
  api: [{ arn: roleArn("api") }, [policyOf(made, "aws_iam_role_policy.api")]],
  report: [{ arn: roleArn("report") }, [policyOf(made, "aws_iam_role_policy.report")]],
  "mail events": [{ arn: roleArn("mail-events") }, [policyOf(made, "aws_iam_role_policy.mail_events")]],
} as const satisfies Record<string, readonly [Principal, readonly Policy[]]>;

type RequestContext = Readonly<Record<string, string>>;
type PolicyCase = readonly [keyof typeof PRINCIPALS, action: string, key: string, RequestContext, Decision];

const SECURE = { "aws:SecureTransport": "true", "s3:TlsVersion": "1.3" };
const NEW = { "s3:if-none-match": "*" };
const READ = { "s3:if-match": '"etag"' };
const OURS = { "aws:SourceArn": "aws_cloudfront_distribution.page.arn" };
const OTHERS = { "aws:SourceArn": `arn:aws:cloudfront::${OTHER_ACCOUNT}:distribution/EOTHER` };
const PLAIN_HTTP = { "aws:SecureTransport": "false" };
const OLD_TLS = { "s3:TlsVersion": "1.1" };
const STAGED = "/_runs/2026-02-15T06-00-00Z-0123/2026-02/summary.json";
const WRITES = ["s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion"];
const DESTRUCTIVE = ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:DeleteBucket", "s3:PutBucketPolicy"];

/** Compares decisions on requests to one resource with the expected ones. */
function expectDecisions(resource: string, policy: string, requests: readonly PolicyCase[]): void {
  const decided = requests.map(([who, action, key, context]) => {
    const [principal, own] = PRINCIPALS[who];
    const request = {
      principal,
      action,
      resource: `${resource}.arn${key}`,
      context: { ...SECURE, ...context },
    };
    return [who, action, key, context, decide(request, { own, resource: policyOf(made, policy) })];
  });
  expect(decided).toEqual(requests);
}

const onBucket = (name: "data" | "app", requests: readonly PolicyCase[]) =>
  expectDecisions(`aws_s3_bucket.${name}`, `aws_s3_bucket_policy.private["${name}"]`, requests);

describe("the data bucket", () => {
  const writers = ["administrator", "administrator of another account", "CloudFront"] as const;
  const stable = ["/trend.json", "/2026-02/summary.json", "/2026-02/cost-by-workload.parquet"];
  const each = (who: keyof typeof PRINCIPALS, actions: readonly string[], key: string, decision: Decision) =>
    actions.map((action): PolicyCase => [who, action, key, READ, decision]);
  const cases: Readonly<Record<string, readonly PolicyCase[]>> = {
    "accepts a staged file once, and without If-None-Match not even from the collector": [
      ["collector", "s3:PutObject", STAGED, NEW, "allowed"],
      ["collector", "s3:PutObject", STAGED, {}, "denied"],
      ["collector", "s3:PutObject", STAGED, READ, "denied"],
    ],
    "accepts an index from a writer that read the one before, or that expects none": [
      ["collector", "s3:PutObject", "/index.json", READ, "allowed"],
      ["collector", "s3:PutObject", "/index.json", NEW, "allowed"],
      ["collector", "s3:PutObject", "/index.json", {}, "denied"],
    ],
    "accepts stable files from the collector, and lets it read": [
      ...stable.flatMap((key) => each("collector", ["s3:PutObject"], key, "allowed")),
      ["collector", "s3:GetObject", "/index.json", {}, "allowed"],
      ["collector", "s3:ListBucket", "", {}, "allowed"],
    ],
    "accepts writes and deletions from no other principal, not even from an administrator": [
      ...writers.flatMap((who) => each(who, WRITES, "/2026-02/summary.json", "denied")),
      ["session function with every permission", "s3:PutObject", "/trend.json", {}, "denied"],
    ],
    "loses nothing through the collector": each("collector", DESTRUCTIVE, "/index.json", "not allowed"),
    "is read by the report, which writes nothing": [
      ["report", "s3:GetObject", "/index.json", {}, "allowed"],
      ["report", "s3:ListBucket", "", {}, "allowed"],
      ...each("report", WRITES, "/index.json", "denied"),
      ["mail events", "s3:GetObject", "/index.json", {}, "not allowed"],
    ],
    "can be repaired by an administrator, who may change its policy": each(
      "administrator",
      ["s3:PutBucketPolicy", "s3:GetBucketPolicy", "s3:PutBucketVersioning"],
      "",
      "allowed",
    ),
  };
  it.each(Object.entries(cases))("%s", (_, requests) => onBucket("data", requests));

  it("alone tells CloudFront a missing file from a forbidden one", () => {
    onBucket("data", [
      ["CloudFront", "s3:ListBucket", "", OURS, "allowed"],
      ["CloudFront", "s3:ListBucket", "", OTHERS, "not allowed"],
    ]);
    onBucket("app", [["CloudFront", "s3:ListBucket", "", OURS, "not allowed"]]);
  });
});

describe("the bucket of plans", () => {
  const PLAN = "/plans/1.json";
  const onPlans = (requests: readonly PolicyCase[]) =>
    expectDecisions("aws_s3_bucket.plans", "aws_s3_bucket_policy.plans", requests);

  it("is read and written by the API, which can delete a plan and not its versions, and by no other function", () => {
    const actions = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"];
    const others = [
      "collector",
      "report",
      "mail events",
      "session function",
      "CloudFront",
      "anybody",
    ] as const;
    onPlans([
      ...actions.map((action): PolicyCase => ["api", action, PLAN, {}, "allowed"]),
      ["api", "s3:DeleteObjectVersion", PLAN, {}, "not allowed"],
      ["api", "s3:PutBucketPolicy", "", {}, "not allowed"],
      ...[...others, "other account" as const].flatMap((who) =>
        actions.map((action): PolicyCase => [who, action, PLAN, OURS, "not allowed"]),
      ),
    ]);
  });

  it("refuses plain HTTP and old TLS from every principal", () => {
    onPlans(
      [PLAIN_HTTP, OLD_TLS].flatMap((context): PolicyCase[] => [
        ["api", "s3:GetObject", PLAN, context, "denied"],
        ["administrator", "s3:GetObject", PLAN, context, "denied"],
      ]),
    );
  });

  it("is all that the API writes: it reads the published data", () => {
    onBucket("data", [
      ["api", "s3:GetObject", "/index.json", {}, "allowed"],
      ["api", "s3:PutObject", "/index.json", READ, "denied"],
      ["api", "s3:DeleteObject", "/index.json", {}, "denied"],
    ]);
  });
});

describe.each(["data", "app"] as const)("the bucket %s", (bucket) => {
  it("refuses plain HTTP and old TLS from every principal", () => {
    onBucket(
      bucket,
      [PLAIN_HTTP, OLD_TLS].flatMap((context): PolicyCase[] => [
        ["administrator", "s3:GetObject", "/index.json", context, "denied"],
        ["administrator", "s3:ListBucket", "", context, "denied"],
        ["CloudFront", "s3:GetObject", "/index.json", { ...context, ...OURS }, "denied"],
      ]),
    );
  });

  it("is read by CloudFront for this distribution alone", () => {
    onBucket(bucket, [
      ["CloudFront", "s3:GetObject", "/index.json", OURS, "allowed"],
      ["CloudFront", "s3:GetObject", "/index.json", OTHERS, "not allowed"],
      ["CloudFront", "s3:GetObject", "/index.json", {}, "not allowed"],
      ["CloudFront", "s3:PutObject", "/index.json", OURS, bucket === "data" ? "denied" : "not allowed"],
    ]);
  });

  it("is not public", () => {
    onBucket(
      bucket,
      (["anybody", "other account"] as const).flatMap((who): PolicyCase[] => [
        [who, "s3:GetObject", "/index.json", OURS, "not allowed"],
        [who, "s3:ListBucket", "", OURS, "not allowed"],
        [who, "s3:GetBucketPolicy", "", OURS, "not allowed"],
      ]),
    );
  });
});

describe.each(["alarms", "billing"] as const)("the topic %s and its key", (name) => {
  const ACCOUNT_OURS = { "aws:SourceAccount": ACCOUNT };

  it("admit CloudWatch's alarms of this account alone", () => {
    const admitted = (action: string): PolicyCase[] => [
      ["CloudWatch", action, "", ACCOUNT_OURS, "allowed"],
      ["CloudWatch", action, "", { "aws:SourceAccount": OTHER_ACCOUNT }, "not allowed"],
      ["EventBridge", action, "", ACCOUNT_OURS, "not allowed"],
    ];
    expectDecisions(`aws_sns_topic.${name}`, `aws_sns_topic_policy.${name}`, [
      ...admitted("sns:Publish"),
      ["CloudWatch", "sns:Publish", "", { ...ACCOUNT_OURS, ...PLAIN_HTTP }, "denied"],
      ["other account", "sns:Publish", "", {}, "not allowed"],
    ]);
    const ofKey = [...admitted("kms:Decrypt"), ...admitted("kms:GenerateDataKey")];
    expectDecisions(`aws_kms_key.${name}`, `aws_kms_key.${name}`, ofKey);
  });

  it("refer to each other", () => {
    expect(the(made, `aws_sns_topic.${name}`).args.kms_master_key_id).toBe(`aws_kms_key.${name}.arn`);
    expect(the(made, `aws_sns_topic_policy.${name}`).args.arn).toBe(`aws_sns_topic.${name}.arn`);
  });
});

describe.each([
  ["dead_letters", "collect", "collector", ["collector"]],
  ["report_dead_letters", "report", "report", ["report", "mail events"]],
] as const)("the queue %s", (queue, rule, owner, senders) => {
  const RULE = { "aws:SourceArn": `aws_cloudwatch_event_rule.${rule}.arn` };
  const OTHER_RULE = { "aws:SourceArn": `arn:aws:events:eu-central-1:${OTHER_ACCOUNT}:rule/other` };

  it(`accepts events from the rule of the ${owner} and from its own functions alone`, () => {
    const roles = ["collector", "report", "mail events", "session function"] as const;
    expectDecisions(`aws_sqs_queue.${queue}`, `aws_sqs_queue_policy.${queue}`, [
      ["EventBridge", "sqs:SendMessage", "", RULE, "allowed"],
      ["EventBridge", "sqs:SendMessage", "", OTHER_RULE, "not allowed"],
      ["EventBridge", "sqs:SendMessage", "", { ...RULE, ...PLAIN_HTTP }, "denied"],
      ["SNS", "sqs:SendMessage", "", RULE, "not allowed"],
      ...roles.map((who): PolicyCase => {
        const isSender = (senders as readonly string[]).includes(who);
        return [who, "sqs:SendMessage", "", {}, isSender ? "allowed" : "not allowed"];
      }),
    ]);
  });
});

describe("the topic of SES's events", () => {
  const SET = {
    "aws:SourceAccount": ACCOUNT,
    "aws:SourceArn": `arn:aws:ses:eu-central-1:${ACCOUNT}:configuration-set/dapanoskop-report`,
  };

  it("accepts events of the report's configuration set alone", () => {
    expectDecisions("aws_sns_topic.mail_events", "aws_sns_topic_policy.mail_events", [
      ["SES", "sns:Publish", "", SET, "allowed"],
      ["SES", "sns:Publish", "", { ...SET, "aws:SourceAccount": OTHER_ACCOUNT }, "not allowed"],
      ["SES", "sns:Publish", "", { ...SET, "aws:SourceArn": `${SET["aws:SourceArn"]}-2` }, "not allowed"],
      ["SES", "sns:Publish", "", { ...SET, ...PLAIN_HTTP }, "denied"],
      ["CloudWatch", "sns:Publish", "", SET, "not allowed"],
      ["report", "sns:Publish", "", {}, "not allowed"],
    ]);
  });

  it("has one subscriber, the function of SES's events, and one publisher", () => {
    const { args } = the(made, "aws_sns_topic_subscription.mail_events");
    expect(args).toMatchObject({ protocol: "lambda", endpoint: "aws_lambda_function.mail_events.arn" });
    const destination = the(made, "aws_sesv2_configuration_set_event_destination.report").args;
    expect(destination).toMatchObject({
      configuration_set_name: "dapanoskop-report",
      event_destination: [
        {
          enabled: true,
          matching_event_types: ["SEND", "DELIVERY", "BOUNCE", "COMPLAINT"],
          sns_destination: [{ topic_arn: "aws_sns_topic.mail_events.arn" }],
        },
      ],
    });
    expect(the(made, "aws_sesv2_configuration_set.report").args.delivery_options).toEqual([
      { tls_policy: "REQUIRE" },
    ]);
  });
});

describe("the functions", () => {
  it("are invoked by this distribution, the API's gateway, their rules, the data bucket and SES's topic alone", () => {
    const permissions = ofType(made, "aws_lambda_permission").map(({ args }) => [
      args.function_name,
      args.action,
      args.principal,
      args.source_arn,
      args.function_url_auth_type,
      args.source_account,
    ]);
    const distribution = ["cloudfront.amazonaws.com", OURS["aws:SourceArn"]];
    const schedule = ["events.amazonaws.com", "aws_cloudwatch_event_rule.collect.arn"];
    const reportSchedule = ["events.amazonaws.com", "aws_cloudwatch_event_rule.report.arn"];
    const bucket = ["s3.amazonaws.com", "aws_s3_bucket.data.arn"];
    const topic = ["sns.amazonaws.com", "aws_sns_topic.mail_events.arn"];
    const gateway = ["apigateway.amazonaws.com", "aws_apigatewayv2_api.api.execution_arn/*/*"];
    const invoke = "lambda:InvokeFunction";
    expect(permissions.sort()).toEqual([
      ["dapanoskop-api", invoke, ...gateway, undefined, undefined],
      ["dapanoskop-collect", invoke, ...schedule, undefined, undefined],
      ["dapanoskop-mail-events", invoke, ...topic, undefined, undefined],
      ["dapanoskop-report", invoke, ...reportSchedule, undefined, undefined],
      // Of a bucket's ARN the account is unknown: another account could own a bucket of that name later.
      ["dapanoskop-report", invoke, ...bucket, undefined, ACCOUNT],
      ["dapanoskop-session", invoke, ...distribution, undefined, undefined],
      ["dapanoskop-session", "lambda:InvokeFunctionUrl", ...distribution, "AWS_IAM", undefined],
    ]);
    const urls = ofType(made, "aws_lambda_function_url");
    expect(urls.map(({ name, args }) => [name, args.authorization_type])).toEqual([["session", "AWS_IAM"]]);
  });
});

describe("a publication", () => {
  it("invokes the report by the index alone", () => {
    expect(the(made, "aws_s3_bucket_notification.report").args).toEqual({
      bucket: the(made, "aws_s3_bucket.data").args.bucket,
      lambda_function: [
        {
          lambda_function_arn: "aws_lambda_function.report.arn",
          events: ["s3:ObjectCreated:*"],
          filter_prefix: "index.json",
        },
      ],
    });
  });
});

describe("every policy of the system", () => {
  it("is tested here or in least-privilege.test.ts", () => {
    const carriers = made.resources.filter(({ args }) => "policy" in args).map(({ address }) => address);
    expect(carriers.sort()).toEqual([
      "aws_iam_role_policy.api",
      "aws_iam_role_policy.collect",
      "aws_iam_role_policy.mail_events",
      "aws_iam_role_policy.report",
      "aws_iam_role_policy.session",
      "aws_kms_key.alarms",
      "aws_kms_key.billing",
      'aws_kms_key.signing["a"]',
      'aws_kms_key.signing["b"]',
      "aws_s3_bucket_policy.plans",
      'aws_s3_bucket_policy.private["app"]',
      'aws_s3_bucket_policy.private["data"]',
      "aws_sns_topic_policy.alarms",
      "aws_sns_topic_policy.billing",
      "aws_sns_topic_policy.mail_events",
      "aws_sqs_queue_policy.dead_letters",
      "aws_sqs_queue_policy.report_dead_letters",
    ]);
  });
});
