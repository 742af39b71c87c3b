import { describe, expect, it } from "vitest";
import type { Values } from "../../infra/inputs.ts";
import { FUNCTIONS } from "../../packages/terraform/src/export.ts";
import { all, decide, type Policy } from "./support/policy.ts";
import { sdkCommands } from "./support/sdk-commands.ts";
import {
  ACCOUNT,
  document,
  everything,
  KMS_KEY,
  ofType,
  policyOf,
  reporting,
  roleArn,
  SLACK_SECRET,
  system,
  TEAMS_SECRET,
  TOPIC,
} from "./support/the-system.ts";

type FunctionName = (typeof FUNCTIONS)[number];

/** The permissions that a command of the SDK needs, where they are not its own name. */
const PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  "s3.HeadObject": ["s3:GetObject"],
  // S3 kept the name of the first version for the permission.
  "s3.ListObjectsV2": ["s3:ListBucket"],
  // If-Match reads the object.
  "s3.PutObject": ["s3:PutObject", "s3:GetObject"],
};
/** The prefixes of permissions, where they are not the client's name. */
const PREFIXES: Readonly<Record<string, string>> = {
  "cost-explorer": "ce",
  "secrets-manager": "secretsmanager",
  sesv2: "ses",
};
/**
 * Commands of an adapter that the function never uses: the report writes no data and deletes no record, an event of SES names its
 * record, and a query of the API names what it asks Cost Explorer for.
 */
const UNUSED: Partial<Readonly<Record<FunctionName, readonly string[]>>> = {
  report: ["s3.PutObject", "dynamodb.DeleteItem"],
  "mail-events": ["dynamodb.Query", "dynamodb.DeleteItem"],
  api: ["DescribeCostCategoryDefinition", "GetCostCategories", "GetCostForecast", "GetTags"]
    .concat("ListCostCategoryDefinitions")
    .map((name) => `cost-explorer.${name}`),
};
const permissionsOf = (command: string): readonly string[] => {
  const [client = "", name] = command.split(".");
  return PERMISSIONS[command] ?? [`${PREFIXES[client] ?? client}:${name}`];
};

const OBSERVED = [
  ...["logs:CreateLogStream", "logs:PutLogEvents"],
  ...["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
];
const OBSERVED_WITH_DEAD_LETTERS = [...OBSERVED, "sqs:SendMessage"];

/** Permissions that no command needs: Lambda uses them in the role's name for logs, traces and events that failed. */
const BY_LAMBDA = {
  collect: OBSERVED_WITH_DEAD_LETTERS,
  session: OBSERVED,
  report: OBSERVED_WITH_DEAD_LETTERS,
  "mail-events": OBSERVED_WITH_DEAD_LETTERS,
  api: OBSERVED,
};

/** X-Ray has no resources. */
const TRACES = { "xray:": ["*"] };
const ofReport = (name: string) => ({
  ...TRACES,
  "logs:": [`aws_cloudwatch_log_group.${name}.arn:*`],
  "sqs:": ["aws_sqs_queue.report_dead_letters.arn"],
  "dynamodb:": ["aws_dynamodb_table.state.arn"],
});

/** The resources of every permission, by the beginning of its name; the longest one counts. */
const RESOURCES: Readonly<Record<FunctionName, Readonly<Record<string, readonly string[]>>>> = {
  report: {
    ...ofReport("report"),
    "s3:ListBucket": ["aws_s3_bucket.data.arn"],
    "s3:": ["aws_s3_bucket.data.arn/*"],
    "ses:": [
      // Of whichever identity: the sender is in the condition.
      `arn:aws:ses:eu-central-1:${ACCOUNT}:identity/*`,
      `arn:aws:ses:eu-central-1:${ACCOUNT}:configuration-set/dapanoskop-report`,
    ],
    "sns:": [TOPIC],
    "secretsmanager:": [SLACK_SECRET, TEAMS_SECRET],
    "kms:": [KMS_KEY],
  },
  "mail-events": ofReport("mail_events"),
  collect: {
    ...TRACES,
    "logs:": ['aws_cloudwatch_log_group.function["collect"].arn:*'],
    // All billing views and cost categories of the account.
    "ce:": ["*"],
    "s3:ListBucket": ["aws_s3_bucket.data.arn"],
    "s3:": ["aws_s3_bucket.data.arn/*"],
    "sqs:": ["aws_sqs_queue.dead_letters.arn"],
    "kms:": [KMS_KEY],
  },
  api: {
    ...TRACES,
    "logs:": ["aws_cloudwatch_log_group.api.arn:*"],
    "ce:": ["*"],
    "s3:ListBucket": ["aws_s3_bucket.data.arn", "aws_s3_bucket.plans.arn"],
    "s3:GetObject": ["aws_s3_bucket.data.arn/*", "aws_s3_bucket.plans.arn/*"],
    "s3:": ["aws_s3_bucket.plans.arn/*"],
    "dynamodb:": ["aws_dynamodb_table.state.arn"],
    "ssm:": [`arn:aws:ssm:eu-central-1:${ACCOUNT}:parameter/dapanoskop/session`],
    "kms:": [KMS_KEY],
  },
  session: {
    ...TRACES,
    "logs:": ['aws_cloudwatch_log_group.function["session"].arn:*'],
    "kms:": ['aws_kms_key.signing["b"].arn', 'aws_kms_key.signing["a"].arn'],
    "ssm:": [`arn:aws:ssm:eu-central-1:${ACCOUNT}:parameter/dapanoskop/session`],
  },
};

const whole = system(everything);
/** Without a key of the adopter's. */
const usual = system({ ...reporting, api_enabled: true });
const roleOf = (from: typeof usual, name: FunctionName) =>
  policyOf(from, `aws_iam_role_policy.${name.replace("-", "_")}`);
const actionsOf = ({ Statement }: Policy) => Statement.flatMap(({ Action }) => all(Action));
const commands = sdkCommands();

describe("the permissions of a function", () => {
  it("are compared with the commands that its bundle's sources import", () => {
    expect(commands.collect).toEqual(
      expect.arrayContaining(["s3.PutObject", "cost-explorer.GetCostAndUsage"]),
    );
    expect(commands.session).toEqual(["kms.Sign", "ssm.GetParameter"]);
    expect(commands.report).toEqual(
      expect.arrayContaining(["sesv2.SendEmail", "sns.Publish", "dynamodb.PutItem"]),
    );
  });

  it.each(FUNCTIONS)("are those that the code of %s needs, and no others", (name) => {
    const unused = UNUSED[name] ?? [];
    expect(commands[name]).toEqual(expect.arrayContaining([...unused]));
    const used = commands[name].filter((command) => !unused.includes(command));
    const needed = [...used.flatMap(permissionsOf), ...BY_LAMBDA[name]];
    expect(new Set(actionsOf(roleOf(usual, name)))).toEqual(new Set(needed));
  });

  it("include KMS where the data has a key of the adopter's, for collector, report and API alone", () => {
    const added = FUNCTIONS.map((name) =>
      actionsOf(roleOf(whole, name)).filter((action) => !actionsOf(roleOf(usual, name)).includes(action)),
    );
    expect(added).toEqual([
      ["kms:Decrypt", "kms:GenerateDataKey"],
      [],
      ["kms:Decrypt"],
      [],
      ["kms:Decrypt", "kms:GenerateDataKey"],
    ]);
  });

  it("include for the report only what its inputs name", () => {
    const added = (inputs: Partial<Values>) =>
      roleOf(system(inputs), "report")
        .Statement.filter(({ Sid = "" }) => /Mail|Webhooks|Topics/.test(Sid))
        .map(({ Action, Resource }) => [Action, Resource]);
    expect(added({ report_topic_arn: TOPIC })).toEqual([["sns:Publish", [TOPIC]]]);
    expect(added({ slack_webhook_secret_arn: SLACK_SECRET })).toEqual([
      ["secretsmanager:GetSecretValue", [SLACK_SECRET]],
    ]);
    const teams = [{ name: "a", channel: "teams", secret_arn: TEAMS_SECRET }];
    expect(added({ report_audiences: JSON.stringify(teams) })).toEqual([
      ["secretsmanager:GetSecretValue", [TEAMS_SECRET]],
    ]);
    const { report_recipients, report_sender } = reporting;
    expect(added({ report_recipients, report_sender }).map(([action]) => action)).toEqual(["ses:SendEmail"]);
  });

  it("allow mails from the sender alone", () => {
    const statement = roleOf(whole, "report").Statement.find(({ Action }) => Action === "ses:SendEmail");
    expect(statement?.Condition).toEqual({ StringEquals: { "ses:FromAddress": "costs@example.com" } });
  });

  it.each(FUNCTIONS)("are for the resources of %s alone", (name) => {
    const prefixes = Object.keys(RESOURCES[name]).sort((one, other) => other.length - one.length);
    for (const { Effect, Action, Resource } of roleOf(whole, name).Statement) {
      for (const action of all(Action)) {
        const prefix = prefixes.find((one) => action.startsWith(one)) ?? "";
        expect([action, Effect, all(Resource)]).toEqual([action, "Allow", RESOURCES[name][prefix]]);
      }
    }
  });

  it("are in one policy of one role, which is bounded and assumed by Lambda alone", () => {
    const names = FUNCTIONS.map((name) => `dapanoskop-${name}`);
    const roles = ofType(whole, "aws_iam_role");
    expect(roles.map(({ args }) => args.name).sort()).toEqual([...names].sort());
    const carriers = ofType(whole, "aws_iam_role_policy").map(({ args }) => args.role);
    expect(carriers.sort()).toEqual([...names].sort());
    const others = whole.resources.filter(({ type }) => /^aws_iam_(.*attachment|policy|user)$/.test(type));
    expect(others).toEqual([]);
    for (const { args } of roles) {
      expect(args.permissions_boundary).toBe(everything.permissions_boundary_arn);
      expect(args).not.toHaveProperty("managed_policy_arns");
      expect(args).not.toHaveProperty("inline_policy");
      expect(document(args.assume_role_policy).Statement).toEqual([
        { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
      ]);
    }
  });
});

describe("the keys that sign cookies", () => {
  const KEY = 'aws_kms_key.signing["a"]';
  const ALGORITHM = "RSASSA_PKCS1_V1_5_SHA_256";
  const anything: Policy = { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
  const admin = `arn:aws:iam::${ACCOUNT}:role/admin`;
  const root = `arn:aws:iam::${ACCOUNT}:root`;

  it.each([
    ["sign for the session's role", roleArn("session"), roleOf(whole, "session"), "Sign", "allowed"],
    ["do not sign for an administrator", admin, anything, "Sign", "not allowed"],
    ["do not sign for the account's root", root, anything, "Sign", "not allowed"],
    ["do not sign for the collector", roleArn("collect"), anything, "Sign", "not allowed"],
    ["get another policy from an administrator", admin, anything, "PutKeyPolicy", "allowed"],
    ["are deleted by an administrator", admin, anything, "ScheduleKeyDeletion", "allowed"],
    ["are described to an administrator", admin, anything, "DescribeKey", "allowed"],
    ["show an administrator the public half", admin, anything, "GetPublicKey", "allowed"],
    ["are not granted to others", admin, anything, "CreateGrant", "not allowed"],
    ["are not replicated", admin, anything, "ReplicateKey", "not allowed"],
  ] as const)("%s", (_, arn, own, action, decision) => {
    const context = { "kms:SigningAlgorithm": ALGORITHM };
    const request = { principal: { arn }, action: `kms:${action}`, resource: `${KEY}.arn`, context };
    expect(decide(request, { own: [own], resource: policyOf(whole, KEY) })).toBe(decision);
  });

  it.each([
    "RSASSA_PKCS1_V1_5_SHA_384",
    "RSASSA_PKCS1_V1_5_SHA_512",
    "RSASSA_PSS_SHA_256",
    "RSASSA_PSS_SHA_384",
    "RSASSA_PSS_SHA_512",
    undefined,
  ])("do not sign for the session's role by %s", (algorithm) => {
    const context: Readonly<Record<string, string>> =
      algorithm === undefined ? {} : { "kms:SigningAlgorithm": algorithm };
    const principal = { arn: roleArn("session") };
    const request = { principal, action: "kms:Sign", resource: `${KEY}.arn`, context };
    // Whatever the role's own policies allow.
    for (const own of [roleOf(whole, "session"), anything, { Statement: [] }]) {
      const resource = policyOf(whole, KEY);
      expect(decide(request, { own: [own], resource })).toBe("not allowed");
    }
  });

  it("sign by one algorithm alone", () => {
    const statement = roleOf(whole, "session").Statement.find(({ Action }) => Action === "kms:Sign");
    expect(statement?.Condition).toEqual({ StringEquals: { "kms:SigningAlgorithm": ALGORITHM } });
  });
});
