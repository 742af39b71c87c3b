import type * as Aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import type { Platform } from "./platform.ts";

/** Where a function writes. Made by us, so that it has an end and the role need not create any. */
export function logGroup(
  { aws, inputs, text }: Platform,
  name: string,
  lambdaName: Input<string>,
): Aws.cloudwatch.LogGroup {
  return new aws.cloudwatch.LogGroup(name, {
    name: text`/aws/lambda/${lambdaName}`,
    retentionInDays: inputs.log_retention_days,
  });
}

/** A role that only the Lambda service may take: not the account's root, as SST's own roles allow. */
export function lambdaRole({ aws, inputs, json }: Platform, name: string, lambdaName: Input<string>) {
  return new aws.iam.Role(name, {
    name: lambdaName,
    description: `What Dapanoskop's function ${name} may do.`,
    assumeRolePolicy: json({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
      ],
    }),
    permissionsBoundary: inputs.permissions_boundary_arn,
  });
}

/** Every function writes its log, and into its own group only. */
export const writesLogs = ({ text }: Platform, logs: Aws.cloudwatch.LogGroup) => ({
  Sid: "WriteLogs",
  Effect: "Allow",
  Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
  Resource: text`${logs.arn}:*`,
});
