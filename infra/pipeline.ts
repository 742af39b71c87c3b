import type * as Aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import { optionEnvironment } from "./option-environment.ts";
import type { LambdaParts, Platform } from "./platform.ts";
import { lambdaRole, logGroup, writesLogs } from "./roles.ts";
import type { Store } from "./store.ts";

/** The collector, and where events end that it never managed. */
export interface Pipeline {
  readonly lambda: LambdaParts;
  readonly role: Aws.iam.Role;
  readonly logGroup: Aws.cloudwatch.LogGroup;
  readonly deadLetters: Aws.sqs.Queue;
}

/** Of which the last 25 are kept for publishing. A run that takes all of it costs a tenth of a cent with 256 MB. */
const TIMEOUT_SECONDS = 300;

/**
 * An event that nobody could deliver or digest for half a day is a dead letter; the next one comes tomorrow. A run stops at
 * 500 pages of Cost Explorer, $5, so that three of them are $15 at the very most; an ordinary one is ten cents.
 */
const RETRIED = { attempts: 2, ageSeconds: 6 * 60 * 60 };

const KEPT_DEAD_LETTERS_SECONDS = 14 * 24 * 60 * 60;

export const createPipeline = (platform: Platform, store: Store): Pipeline =>
  platform.part("pipeline", "Reads the bill every day and publishes it.", () => {
    const { aws, inputs, text } = platform;
    const name = text`${inputs.name_prefix}-collect`;

    const logs = logGroup(platform, "collect", name);
    const deadLetters = new aws.sqs.Queue("dead_letters", {
      name: text`${inputs.name_prefix}-dead-letters`,
      messageRetentionSeconds: KEPT_DEAD_LETTERS_SECONDS,
      sqsManagedSseEnabled: true,
    });
    const role = lambdaRole(platform, "collect", name);
    const permissions = new aws.iam.RolePolicy("collect", {
      name: "collect",
      role: role.name,
      policy: collectPolicy(platform, store, logs, deadLetters),
    });

    const lambda = platform.lambda("collect", {
      name,
      description: "Reads the bill and publishes its figures.",
      source: "collect",
      role,
      memoryMb: inputs.pipeline_memory_mb,
      timeoutSeconds: TIMEOUT_SECONDS,
      environment: {
        DATA_BUCKET: store.data.name,
        ...optionEnvironment(platform),
      },
      logGroup: logs,
      dependsOn: [permissions],
    });

    platform.note(
      "A run that fails or is cut short is repeated; what is published already is not asked for again.",
    );
    new aws.lambda.FunctionEventInvokeConfig("collect", {
      functionName: lambda.name,
      maximumRetryAttempts: RETRIED.attempts,
      maximumEventAgeInSeconds: RETRIED.ageSeconds,
      destinationConfig: { onFailure: { destination: deadLetters.arn } },
    });

    const { ruleArn } = platform.schedule("collect", {
      name,
      description: "When Dapanoskop reads the bill.",
      expression: inputs.schedule_expression,
      lambda,
      deadLetterQueueArn: deadLetters.arn,
      maximumRetryAttempts: RETRIED.attempts,
      maximumEventAgeSeconds: RETRIED.ageSeconds,
    });
    new aws.sqs.QueuePolicy("dead_letters", {
      queueUrl: deadLetters.id,
      policy: deadLetterPolicy(platform, deadLetters, ruleArn),
    });

    platform.output("collect_function_name", "The collector: invoke it by hand for a backfill.", lambda.name);
    return { lambda, role, logGroup: logs, deadLetters };
  });

/** What the collector's code calls, and nothing else; a test reads it off the code. */
function collectPolicy(
  platform: Platform,
  { data }: Store,
  logs: Aws.cloudwatch.LogGroup,
  deadLetters: Aws.sqs.Queue,
) {
  const { json, text, concat, listWhen, given, inputs } = platform;
  return json({
    Version: "2012-10-17",
    Statement: concat<object>(
      [
        writesLogs(platform, logs),
        {
          Sid: "ReadTheBill",
          Effect: "Allow",
          Action: [
            "ce:DescribeCostCategoryDefinition",
            "ce:GetCostAndUsage",
            "ce:GetCostCategories",
            "ce:GetCostForecast",
            "ce:ListCostCategoryDefinitions",
          ],
          // Cost Explorer has no resources to name: the bill is one.
          Resource: "*",
        },
        {
          Sid: "ReadAndPublish",
          Effect: "Allow",
          // If-Match needs GetObject, too.
          Action: ["s3:GetObject", "s3:PutObject"],
          Resource: text`${data.arn}/*`,
        },
        {
          Sid: "TellMissingFromForbidden",
          Effect: "Allow",
          Action: "s3:ListBucket",
          Resource: data.arn,
        },
        { Sid: "LeaveDeadLetters", Effect: "Allow", Action: "sqs:SendMessage", Resource: deadLetters.arn },
      ],
      listWhen(given(inputs.kms_key_arn), [
        {
          Sid: "UseTheDataKey",
          Effect: "Allow",
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: inputs.kms_key_arn,
        },
      ]),
    ),
  });
}

function deadLetterPolicy({ json }: Platform, queue: Aws.sqs.Queue, ruleArn: Input<string>) {
  return json({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "ScheduleLeavesWhatItCannotDeliver",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queue.arn,
        Condition: { ArnEquals: { "aws:SourceArn": ruleArn } },
      },
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:*",
        Resource: queue.arn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}
