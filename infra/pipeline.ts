import type * as Aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import { type FunctionIdentity, writeLogs } from "./functions.ts";
import { optionEnvironment } from "./option-environment.ts";
import type { LambdaFunction, Platform } from "./platform.ts";
import { policyDocument, tlsOnly } from "./policy-documents.ts";
import type { Store } from "./store.ts";

/** The collector, and the queue of the events that it could not process. */
export interface Pipeline extends FunctionIdentity {
  readonly lambda: LambdaFunction;
  readonly deadLetters: Aws.sqs.Queue;
}

/** The last 25 seconds are reserved for publishing. A run that takes all of it costs a tenth of a cent with 256 MB. */
const TIMEOUT_SECONDS = 300;

/**
 * After two retries, or six hours, an event becomes a dead letter; the next event comes tomorrow. A run stops at 500 pages
 * of Cost Explorer, $5, so three runs are $15 at most; an ordinary run is ten cents.
 */
const RETRIES = { maximumRetryAttempts: 2, maximumEventAgeSeconds: 6 * 60 * 60 };

const DEAD_LETTER_RETENTION_SECONDS = 14 * 24 * 60 * 60;

export const createPipeline = (
  platform: Platform,
  { store, identity }: { readonly store: Store; readonly identity: FunctionIdentity },
): Pipeline =>
  platform.subsystem("pipeline", "Reads the bill every day and publishes the dataset.", () => {
    const { aws, inputs, text } = platform;
    const { role, logGroup } = identity;
    const name = text`${inputs.name_prefix}-collect`;

    const deadLetters = new aws.sqs.Queue("dead_letters", {
      name: text`${inputs.name_prefix}-dead-letters`,
      messageRetentionSeconds: DEAD_LETTER_RETENTION_SECONDS,
      sqsManagedSseEnabled: true,
    });
    const permissions = new aws.iam.RolePolicy("collect", {
      name: "collect",
      role: role.name,
      policy: collectPolicy(platform, store, identity, deadLetters),
    });

    const lambda = platform.lambda("collect", {
      name,
      description: "Reads the bill and publishes the dataset.",
      source: "collect",
      role,
      memoryMb: inputs.pipeline_memory_mb,
      timeoutSeconds: TIMEOUT_SECONDS,
      environment: {
        DATA_BUCKET: store.data.name,
        ...optionEnvironment(platform),
      },
      logGroup,
      dependsOn: [permissions],
    });

    platform.comment("A failed or interrupted run is retried; what is already published is not read again.");
    new aws.lambda.FunctionEventInvokeConfig("collect", {
      functionName: lambda.name,
      maximumRetryAttempts: RETRIES.maximumRetryAttempts,
      maximumEventAgeInSeconds: RETRIES.maximumEventAgeSeconds,
      destinationConfig: { onFailure: { destination: deadLetters.arn } },
    });

    const { ruleArn } = platform.schedule("collect", {
      name,
      description: "When Dapanoskop reads the bill.",
      expression: inputs.schedule_expression,
      lambda,
      deadLetterQueueArn: deadLetters.arn,
      ...RETRIES,
    });
    new aws.sqs.QueuePolicy("dead_letters", {
      queueUrl: deadLetters.id,
      policy: deadLetterPolicy(platform, deadLetters, ruleArn),
    });

    platform.output(
      "collect_function_name",
      "The collector's function: invoke it for a backfill.",
      lambda.name,
    );
    return { lambda, role, logGroup, deadLetters };
  });

/** Only what the collector's code calls; a test compares the two. */
function collectPolicy(
  platform: Platform,
  { data }: Store,
  identity: FunctionIdentity,
  deadLetters: Aws.sqs.Queue,
) {
  const { text, concat, listWhen, isSet, inputs } = platform;
  return policyDocument(
    platform,
    concat<object>(
      [
        writeLogs(platform, identity),
        {
          Sid: "ReadTheBill",
          Effect: "Allow",
          Action: [
            "ce:DescribeCostCategoryDefinition",
            "ce:GetCostAndUsage",
            "ce:GetCostCategories",
            "ce:GetCostForecast",
            "ce:GetTags",
            "ce:ListCostCategoryDefinitions",
          ],
          // Their resources are billing views and cost categories. The collector may read all that the account has.
          Resource: "*",
        },
        {
          Sid: "ReadAndPublish",
          Effect: "Allow",
          // A write with If-Match needs GetObject, too.
          Action: ["s3:GetObject", "s3:PutObject"],
          Resource: text`${data.arn}/*`,
        },
        { Sid: "DistinguishMissingKeys", Effect: "Allow", Action: "s3:ListBucket", Resource: data.arn },
        { Sid: "SendDeadLetters", Effect: "Allow", Action: "sqs:SendMessage", Resource: deadLetters.arn },
      ],
      listWhen(isSet(inputs.kms_key_arn), [
        {
          Sid: "UseTheDataKey",
          Effect: "Allow",
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: inputs.kms_key_arn,
        },
      ]),
    ),
  );
}

function deadLetterPolicy(platform: Platform, queue: Aws.sqs.Queue, ruleArn: Input<string>) {
  return policyDocument(platform, [
    {
      Sid: "ScheduleSendsUndelivered",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queue.arn,
      Condition: { ArnEquals: { "aws:SourceArn": ruleArn } },
    },
    tlsOnly("sqs:*", queue.arn),
  ]);
}
