import { describe, expect, it } from "vitest";
import { all, decide, type Policy } from "./support/policy.ts";
import { sdkCommands } from "./support/sdk-commands.ts";
import {
  ACCOUNT,
  document,
  everything,
  KMS_KEY,
  ofType,
  policyOf,
  roleArn,
  system,
  the,
} from "./support/the-system.ts";

/** The permissions that a command of the SDK needs, where they are not its own name. */
const PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  // The client calls it for directory buckets (S3 Express) alone, and the system has none.
  "s3.CreateSession": [],
  "s3.HeadObject": ["s3:GetObject"],
  // S3 kept the name of the first version for the permission.
  "s3.ListObjectsV2": ["s3:ListBucket"],
  // If-Match reads the object.
  "s3.PutObject": ["s3:PutObject", "s3:GetObject"],
};
const permissionsOf = (command: string): readonly string[] => {
  const [client = "", name] = command.split(".");
  return PERMISSIONS[command] ?? [`${client === "cost-explorer" ? "ce" : client}:${name}`];
};

const LOGS = ["logs:CreateLogStream", "logs:PutLogEvents"];

/** Permissions that no command needs: Lambda uses them in the role's name for the log and for events that failed. */
const BY_LAMBDA = { collect: [...LOGS, "sqs:SendMessage"], session: LOGS };

/** The resources of every permission, by the beginning of its name; the longest one counts. */
const RESOURCES: Readonly<Record<"collect" | "session", Readonly<Record<string, readonly string[]>>>> = {
  collect: {
    "logs:": ['aws_cloudwatch_log_group.function["collect"].arn:*'],
    // All billing views and cost categories of the account.
    "ce:": ["*"],
    "s3:ListBucket": ["aws_s3_bucket.data.arn"],
    "s3:": ["aws_s3_bucket.data.arn/*"],
    "sqs:": ["aws_sqs_queue.dead_letters.arn"],
    "kms:": [KMS_KEY],
  },
  session: {
    "logs:": ['aws_cloudwatch_log_group.function["session"].arn:*'],
    "kms:": ['aws_kms_key.signing["b"].arn', 'aws_kms_key.signing["a"].arn'],
    "ssm:": [`arn:aws:ssm:eu-central-1:${ACCOUNT}:parameter/dapanoskop/session`],
  },
};

const whole = system(everything);
const usual = system();
const functions = ["collect", "session"] as const;
const roleOf = (from: typeof usual, name: (typeof functions)[number]) =>
  policyOf(from, `aws_iam_role_policy.${name}`);
const actionsOf = ({ Statement }: Policy) => Statement.flatMap(({ Action }) => all(Action));
const commands = sdkCommands();

describe("the permissions of a function", () => {
  it("are compared with the commands in its bundle", () => {
    expect(commands.collect).toEqual(
      expect.arrayContaining(["s3.PutObject", "cost-explorer.GetCostAndUsage"]),
    );
    expect(commands.session).toEqual(["kms.Sign", "ssm.GetParameter"]);
  });

  it.each(functions)("are those that the code of %s needs, and no others", (name) => {
    const needed = [...commands[name].flatMap(permissionsOf), ...BY_LAMBDA[name]];
    expect(new Set(actionsOf(roleOf(usual, name)))).toEqual(new Set(needed));
  });

  it("include two of KMS where the data has a key of the adopter's, for the collector alone", () => {
    const added = functions.map((name) =>
      actionsOf(roleOf(whole, name)).filter((action) => !actionsOf(roleOf(usual, name)).includes(action)),
    );
    expect(added).toEqual([["kms:Decrypt", "kms:GenerateDataKey"], []]);
  });

  it.each(functions)("are for the resources of %s alone", (name) => {
    const prefixes = Object.keys(RESOURCES[name]).sort((one, other) => other.length - one.length);
    for (const { Effect, Action, Resource } of roleOf(whole, name).Statement) {
      for (const action of all(Action)) {
        const prefix = prefixes.find((one) => action.startsWith(one)) ?? "";
        expect([action, Effect, all(Resource)]).toEqual([action, "Allow", RESOURCES[name][prefix]]);
      }
    }
  });

  it("are in one policy of one role, which is bounded and assumed by Lambda alone", () => {
    expect(ofType(whole, "aws_iam_role").map(({ key }) => key)).toEqual(functions);
    const roles = ofType(whole, "aws_iam_role_policy").map(({ args }) => args.role);
    expect(roles).toEqual(["dapanoskop-collect", "dapanoskop-session"]);
    const others = whole.resources.filter(({ type }) => /^aws_iam_(.*attachment|policy|user)$/.test(type));
    expect(others).toEqual([]);
    for (const name of functions) {
      const { args } = the(whole, `aws_iam_role.function["${name}"]`);
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

  it("sign by one algorithm alone", () => {
    const statement = roleOf(whole, "session").Statement.find(({ Action }) => Action === "kms:Sign");
    expect(statement?.Condition).toEqual({ StringEquals: { "kms:SigningAlgorithm": ALGORITHM } });
  });
});
