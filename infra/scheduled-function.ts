import type * as Aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import { createFunction, type DeployedFunction, type FunctionArgs } from "./functions.ts";
import type { LambdaFunction, Platform } from "./platform.ts";
import { policyDocument, tlsOnly } from "./policy-documents.ts";

/** A function that runs on a schedule, and the queue of the events that it could not process. */
export interface ScheduledFunction extends DeployedFunction {
  readonly deadLetters: Aws.sqs.Queue;
}

/**
 * After two retries, or six hours, an event becomes a dead letter; the next event comes tomorrow. Three runs of the
 * collector are $15 at most: a run stops at 500 pages of Cost Explorer, $5. An ordinary run is ten cents.
 */
const RETRIES = { maximumRetryAttempts: 2, maximumEventAgeSeconds: 6 * 60 * 60 };

const DEAD_LETTER_RETENTION_SECONDS = 14 * 24 * 60 * 60;

interface ScheduledArgs extends FunctionArgs {
  readonly source: "collect" | "report";
  /** The name of its queue. */
  readonly deadLetters: "dead_letters" | "report_dead_letters";
  readonly schedule: { readonly description: string; readonly expression: Input<string> };
  /** Why an event that failed can be processed again. */
  readonly retries: string;
}

/** A function with its permissions, the schedule that invokes it, and the queue of the events that fail. */
export function createScheduledFunction(platform: Platform, args: ScheduledArgs): ScheduledFunction {
  const { aws, inputs, text } = platform;
  const { deadLetters: queueName, schedule, retries, allowed, ...settings } = args;
  const deadLetters = new aws.sqs.Queue(queueName, {
    name: text`${inputs.name_prefix}-${queueName.replaceAll("_", "-")}`,
    messageRetentionSeconds: DEAD_LETTER_RETENTION_SECONDS,
    sqsManagedSseEnabled: true,
  });
  const made = createFunction(platform, { ...settings, allowed: [sendDeadLetters(deadLetters), ...allowed] });

  platform.comment(retries);
  keepFailedEvents(platform, args.source, made.lambda, deadLetters);
  const { ruleArn } = platform.schedule(args.source, {
    name: text`${inputs.name_prefix}-${args.source}`,
    ...schedule,
    enabled: inputs.schedule_enabled,
    lambda: made.lambda,
    deadLetterQueueArn: deadLetters.arn,
    ...RETRIES,
  });
  new aws.sqs.QueuePolicy(queueName, {
    queueUrl: deadLetters.id,
    policy: deadLetterPolicy(platform, deadLetters, ruleArn),
  });
  return { ...made, deadLetters };
}

/** The permission of a function to keep the events that it could not process. */
export const sendDeadLetters = (queue: Aws.sqs.Queue) => ({
  Sid: "SendDeadLetters",
  Effect: "Allow",
  Action: "sqs:SendMessage",
  Resource: queue.arn,
});

/** An event that a function fails to process is tried again, and then kept in a queue. */
export function keepFailedEvents(
  { aws }: Platform,
  name: string,
  lambda: LambdaFunction,
  deadLetters: Aws.sqs.Queue,
): void {
  new aws.lambda.FunctionEventInvokeConfig(name, {
    functionName: lambda.name,
    maximumRetryAttempts: RETRIES.maximumRetryAttempts,
    maximumEventAgeInSeconds: RETRIES.maximumEventAgeSeconds,
    destinationConfig: { onFailure: { destination: deadLetters.arn } },
  });
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
