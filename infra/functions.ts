import type * as Aws from "@pulumi/aws";
import type { Platform } from "./platform.ts";
import { policyDocument } from "./policy-documents.ts";

/** What a Lambda function acts as and where it logs. */
export interface FunctionIdentity {
  readonly role: Aws.iam.Role;
  readonly logGroup: Aws.cloudwatch.LogGroup;
}

/** The log group and the role of every function. */
export const createFunctionIdentities = (
  platform: Platform,
): Readonly<Record<"collect" | "session", FunctionIdentity>> =>
  platform.subsystem("functions", "The log group and the role of every function.", () => {
    const { aws, inputs, text } = platform;
    const rows = {
      collect: { task: "read the bill and publish the dataset" },
      session: { task: "open, renew and close sessions" },
    };
    return platform.table("functions", rows, ({ task }, key, label) => ({
      // The group is created here so that its logs expire and the role needs no permission to create groups.
      logGroup: new aws.cloudwatch.LogGroup(label("function"), {
        name: text`/aws/lambda/${inputs.name_prefix}-${key}`,
        retentionInDays: inputs.log_retention_days,
      }),
      // Only the Lambda service may assume it: SST's own roles admit the account's root as well.
      role: new aws.iam.Role(label("function"), {
        name: text`${inputs.name_prefix}-${key}`,
        description: text`Permissions to ${task}.`,
        assumeRolePolicy: policyDocument(platform, [
          { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
        ]),
        permissionsBoundary: inputs.permissions_boundary_arn,
      }),
    }));
  });

/** Every function writes to its own log group, and to no other. */
export const writeLogs = ({ text }: Platform, { logGroup }: FunctionIdentity) => ({
  Sid: "WriteLogs",
  Effect: "Allow",
  Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
  Resource: text`${logGroup.arn}:*`,
});
