import { beforeAll, describe, expect, it } from "vitest";
import { all, decide, type Policy, type Statement } from "./support/policy.ts";
import { type SdkCommands, sdkCommands } from "./support/sdk-commands.ts";
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

/** The permissions that a command of the SDK needs. Those named otherwise than the command say why. */
const PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  "cost-explorer.DescribeCostCategoryDefinition": ["ce:DescribeCostCategoryDefinition"],
  "cost-explorer.GetCostAndUsage": ["ce:GetCostAndUsage"],
  "cost-explorer.GetCostCategories": ["ce:GetCostCategories"],
  "cost-explorer.GetCostForecast": ["ce:GetCostForecast"],
  "cost-explorer.ListCostCategoryDefinitions": ["ce:ListCostCategoryDefinitions"],
  "kms.Sign": ["kms:Sign"],
  // The client's own, for directory buckets (S3 Express) alone: ours is none.
  "s3.CreateSession": [],
  "s3.GetObject": ["s3:GetObject"],
  // S3 has no permission for a head alone.
  "s3.HeadObject": ["s3:GetObject"],
  // Listing belongs to the bucket; S3 kept the name of the first version.
  "s3.ListObjectsV2": ["s3:ListBucket"],
  // If-Match reads what is there.
  "s3.PutObject": ["s3:PutObject", "s3:GetObject"],
  "ssm.GetParameter": ["ssm:GetParameter"],
};

type Name = keyof SdkCommands;

/** What no command asks for, and a role has all the same. */
const EXCEPTIONS: Readonly<Record<Name, Readonly<Record<string, string>>>> = {
  collect: {
    "logs:CreateLogStream": "Lambda writes what the function prints, in the role's name.",
    "logs:PutLogEvents": "Lambda writes what the function prints, in the role's name.",
    "sqs:SendMessage": "Lambda leaves an event that failed for good in the queue, in the role's name.",
  },
  session: {
    "logs:CreateLogStream": "Lambda writes what the function prints, in the role's name.",
    "logs:PutLogEvents": "Lambda writes what the function prints, in the role's name.",
  },
};

/** S3 asks KMS in the caller's name where the data has a key of the adopter's. */
const WITH_OWN_KEY = ["kms:Decrypt", "kms:GenerateDataKey"];

/** The only resources of every permission. */
const RESOURCES: Readonly<Record<Name, Readonly<Record<string, readonly string[]>>>> = {
  collect: {
    "logs:": ['aws_cloudwatch_log_group.function["collect"].arn:*'],
    // Cost Explorer knows no resources: the bill is one.
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

const functions = ["collect", "session"] as const;
const whole = system(everything);
const usual = system();
const roleOf = (from: typeof usual, name: Name) => policyOf(from, `aws_iam_role_policy.${name}`);
const actionsOf = ({ Statement }: Policy) => Statement.flatMap(({ Action }) => all(Action));

describe("what the functions may do", () => {
  let commands: SdkCommands;
  beforeAll(() => {
    commands = sdkCommands();
  });

  const needed = (name: Name): readonly string[] =>
    commands[name].flatMap((command) => {
      const permissions = PERMISSIONS[command];
      if (permissions === undefined) {
        throw new Error(
          `The function ${name} contains ${command}, and no permission is known for it. Add it here and to infra/.`,
        );
      }
      return permissions;
    });

  it("is read off the bundles: these are the commands in there", () => {
    expect(commands.collect).toContain("s3.PutObject");
    expect(commands.session).toEqual(["kms.Sign", "ssm.GetParameter"]);
    const known = functions.flatMap((name) => commands[name]);
    expect(Object.keys(PERMISSIONS).filter((command) => !known.includes(command))).toEqual([]);
  });

  it.each(functions)("is what the code of %s calls, neither less nor more", (name) => {
    const expected = new Set([...needed(name), ...Object.keys(EXCEPTIONS[name])]);
    expect([...new Set(actionsOf(roleOf(usual, name)))].sort()).toEqual([...expected].sort());
  });

  it("grows by two of KMS where the data has a key of its own, for the collector alone", () => {
    const more = (name: Name) =>
      actionsOf(roleOf(whole, name)).filter((action) => !actionsOf(roleOf(usual, name)).includes(action));
    expect(more("collect").sort()).toEqual(WITH_OWN_KEY);
    expect(more("session")).toEqual([]);
  });

  it.each(functions)("is bound to resources of its own: %s", (name) => {
    const resourcesOf = (action: string) => {
      const prefixes = Object.entries(RESOURCES[name]).sort(([one], [other]) => other.length - one.length);
      return prefixes.find(([prefix]) => action.startsWith(prefix))?.[1] ?? [];
    };
    for (const statement of roleOf(whole, name).Statement) {
      expect(statement.Effect).toBe("Allow");
      for (const action of all(statement.Action)) {
        expect({ action, resources: all(statement.Resource) }).toEqual({
          action,
          resources: resourcesOf(action),
        });
      }
    }
  });

  it("names its actions one by one, and deletes nothing", () => {
    const actions = functions.flatMap((name) => actionsOf(roleOf(whole, name)));
    expect(actions.filter((action) => !/^[a-z0-9]+:[A-Za-z0-9]+$/.test(action))).toEqual([]);
    expect(actions.filter((action) => /delete|remove|purge/i.test(action))).toEqual([]);
    expect(actions.filter((action) => /^(iam|sts|lambda|organizations):/.test(action))).toEqual([]);
  });

  it("is a star only where Cost Explorer is read", () => {
    const starred = functions
      .flatMap((name) => roleOf(whole, name).Statement)
      .filter(({ Resource }) => all(Resource).includes("*"))
      .flatMap(({ Action }) => all(Action));
    expect(starred.filter((action) => !/^ce:(Get|List|Describe)/.test(action))).toEqual([]);
    expect(starred.length).toBeGreaterThan(0);
  });

  it("is all there is: a role has one policy, and whoever bounds it may", () => {
    expect(ofType(whole, "aws_iam_role").map(({ key }) => key)).toEqual(functions);
    expect(ofType(whole, "aws_iam_role_policy").map(({ args }) => args.role)).toEqual([
      "dapanoskop-collect",
      "dapanoskop-session",
    ]);
    const types = whole.resources.map(({ type }) => type);
    expect(types.filter((type) => /^aws_iam_.*attachment|^aws_iam_policy|^aws_iam_user/.test(type))).toEqual(
      [],
    );
    for (const { args } of ofType(whole, "aws_iam_role")) {
      expect(args.permissions_boundary).toBe(everything.permissions_boundary_arn);
      expect(args).not.toHaveProperty("managed_policy_arns");
      expect(args).not.toHaveProperty("inline_policy");
    }
  });

  it.each(functions)("is taken by the Lambda service alone: %s", (name) => {
    const trust = document(the(whole, `aws_iam_role.function["${name}"]`).args.assume_role_policy);
    expect(trust.Statement).toEqual([
      { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
  });
});

describe("the keys that sign cookies", () => {
  const SIGNER = { arn: roleArn("session") };
  const sign = (
    who: string | { readonly arn: string },
    own: readonly Policy[],
    algorithm = "RSASSA_PKCS1_V1_5_SHA_256",
  ) =>
    decide(
      {
        principal: typeof who === "string" ? { arn: who } : who,
        action: "kms:Sign",
        resource: 'aws_kms_key.signing["a"].arn',
        context: { "kms:SigningAlgorithm": algorithm },
      },
      { own, resource: policyOf(whole, 'aws_kms_key.signing["a"]') },
    );
  const anything: Policy = { Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };

  it("sign for the session's role", () => {
    expect(sign(SIGNER, [roleOf(whole, "session")])).toBe("allowed");
    const own: Statement | undefined = roleOf(whole, "session").Statement.find(
      ({ Action }) => Action === "kms:Sign",
    );
    expect(own?.Condition).toEqual({ StringEquals: { "kms:SigningAlgorithm": "RSASSA_PKCS1_V1_5_SHA_256" } });
  });

  it("sign for nobody else, whatever an administrator's own policy says; nor for the account's root", () => {
    expect(sign(`arn:aws:iam::${ACCOUNT}:role/admin`, [anything])).toBe("not allowed");
    expect(sign(`arn:aws:iam::${ACCOUNT}:root`, [anything])).toBe("not allowed");
    expect(sign(roleArn("collect"), [anything])).toBe("not allowed");
  });

  it("are administered by the account: a policy of its own can be put again, and a key be deleted", () => {
    const administer = (action: string) =>
      decide(
        {
          principal: { arn: `arn:aws:iam::${ACCOUNT}:role/admin` },
          action,
          resource: 'aws_kms_key.signing["a"].arn',
        },
        { own: [anything], resource: policyOf(whole, 'aws_kms_key.signing["a"]') },
      );
    for (const action of [
      "kms:PutKeyPolicy",
      "kms:ScheduleKeyDeletion",
      "kms:DescribeKey",
      "kms:GetPublicKey",
    ]) {
      expect([action, administer(action)]).toEqual([action, "allowed"]);
    }
    for (const action of ["kms:Sign", "kms:CreateGrant", "kms:ReplicateKey"]) {
      expect([action, administer(action)]).toEqual([action, "not allowed"]);
    }
  });
});
