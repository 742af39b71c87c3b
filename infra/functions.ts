import type * as Aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import type { ConditionalList, LambdaArgs, LambdaFunction, Platform } from "./platform.ts";
import { policyDocument } from "./policy-documents.ts";

/** What a Lambda function acts as and where it logs. */
export interface FunctionIdentity {
  readonly role: Aws.iam.Role;
  readonly logGroup: Aws.cloudwatch.LogGroup;
}

/** The log group and the role of the functions that every deployment has. */
export const createFunctionIdentities = (
  platform: Platform,
): Readonly<Record<"collect" | "session", FunctionIdentity>> =>
  platform.subsystem("functions", "The log group and the role of collector and session function.", () => {
    const rows = {
      collect: { task: "read the bill and publish the dataset" },
      session: { task: "open, renew and close sessions" },
    };
    return platform.table("functions", rows, ({ task }, key, label) =>
      createIdentity(platform, label("function"), {
        key,
        task,
        retentionInDays: platform.inputs.log_retention_days,
      }),
    );
  });

/** The log group and the role of one function. */
export function createIdentity(
  { aws, inputs, text, json }: Platform,
  name: string,
  of: {
    /** The function's name without the prefix. */
    readonly key: Input<string>;
    readonly task: Input<string>;
    readonly retentionInDays: Input<number>;
  },
): FunctionIdentity {
  return {
    // The group is created here so that its logs expire and the role needs no permission to create groups.
    logGroup: new aws.cloudwatch.LogGroup(name, {
      name: text`/aws/lambda/${inputs.name_prefix}-${of.key}`,
      retentionInDays: of.retentionInDays,
    }),
    // Only the Lambda service may assume it: SST's own roles admit the account's root as well.
    role: new aws.iam.Role(name, {
      name: text`${inputs.name_prefix}-${of.key}`,
      description: text`Permissions to ${of.task}.`,
      assumeRolePolicy: policyDocument({ json }, [
        { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
      ]),
      permissionsBoundary: inputs.permissions_boundary_arn,
    }),
  };
}

/** A function, what it acts as and where it logs. */
export interface DeployedFunction extends FunctionIdentity {
  readonly lambda: LambdaFunction;
}

export interface FunctionArgs
  extends Omit<LambdaArgs, "name" | "runtime" | "role" | "logGroup" | "dependsOn"> {
  readonly identity: FunctionIdentity;
  /** What it may do beside `observe`: only what its code calls. A test compares the two. */
  readonly allowed: readonly object[];
  /** What it may do under a condition. */
  readonly allowedWhen?: readonly ConditionalList<object>[];
}

/** A function with its permissions. */
export function createFunction(platform: Platform, args: FunctionArgs): DeployedFunction {
  const { aws, inputs, text, concat } = platform;
  const { identity, allowed, allowedWhen = [], ...settings } = args;
  const name = args.source.replace("-", "_");
  const always = [...observe(platform, identity), ...allowed];
  const permissions = new aws.iam.RolePolicy(name, {
    name: args.source,
    role: identity.role.name,
    policy: policyDocument(
      platform,
      allowedWhen.length === 0 ? always : concat<object>(always, ...allowedWhen),
    ),
  });
  const lambda = platform.lambda(name, {
    name: text`${inputs.name_prefix}-${args.source}`,
    runtime: inputs.lambda_runtime,
    ...settings,
    ...identity,
    dependsOn: [permissions],
  });
  return { lambda, ...identity };
}

/** What every function may do: write to its own log group, to no other, and trace for X-Ray, which has no resources. */
const observe = ({ text }: Platform, { logGroup }: FunctionIdentity): readonly object[] => [
  {
    Sid: "WriteLogs",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: text`${logGroup.arn}:*`,
  },
  {
    Sid: "WriteTraces",
    Effect: "Allow",
    Action: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
    Resource: "*",
  },
];
