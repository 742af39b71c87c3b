import type * as Aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import { type FunctionIdentity, observe } from "./functions.ts";
import type { LambdaArgs, LambdaFunction, Platform } from "./platform.ts";
import { policyDocument, tlsOnly } from "./policy-documents.ts";

/** A function that runs on a schedule, and the queue of the events that it could not process. */
export interface ScheduledFunction extends FunctionIdentity {
  readonly lambda: LambdaFunction;
  readonly deadLetters: Aws.sqs.Queue;
}

/**
 * After two retries, or six hours, an event becomes a dead letter; the next event comes tomorrow. Three runs of the
 * collector are $15 at most: a run stops at 500 pages of Cost Explorer, $5. An ordinary run is ten cents.
 */
const RETRIES = { maximumRetryAttempts: 2, maximumEventAgeSeconds: 6 * 60 * 60 };

const DEAD_LETTER_RETENTION_SECONDS = 14 * 24 * 60 * 60;

interface ScheduledArgs extends Omit<LambdaArgs, "name" | "source" | "role" | "logGroup" | "dependsOn"> {
  readonly source: "collect" | "report";
  readonly identity: FunctionIdentity;
  /** The name of its queue. */
  readonly deadLetters: "dead_letters" | "report_dead_letters";
  /** Its permissions, beside those of every scheduled function. */
  policy(shared: readonly object[]): Input<string>;
  readonly schedule: { readonly description: string; readonly expression: Input<string> };
  /** Why an event that failed can be processed again. */
  readonly retries: string;
}

/** A function with its permissions, the schedule that invokes it, and the queue of the events that fail. */
export function createScheduledFunction(platform: Platform, args: ScheduledArgs): ScheduledFunction {
  const { aws, inputs, text } = platform;
  const { source, identity, policy, schedule, retries, ...settings } = args;
  const { role, logGroup } = identity;
  const name = text`${inputs.name_prefix}-${source}`;

  const deadLetters = new aws.sqs.Queue(args.deadLetters, {
    name: text`${inputs.name_prefix}-${args.deadLetters.replaceAll("_", "-")}`,
    messageRetentionSeconds: DEAD_LETTER_RETENTION_SECONDS,
    sqsManagedSseEnabled: true,
  });
  const permissions = new aws.iam.RolePolicy(source, {
    name: source,
    role: role.name,
    policy: policy([...observe(platform, identity), sendDeadLetters(deadLetters)]),
  });
  const { description, memoryMb, timeoutSeconds, environment } = settings;
  const lambda = platform.lambda(source, {
    ...{ name, description, source, memoryMb, timeoutSeconds, environment },
    ...{ role, logGroup, dependsOn: [permissions] },
  });

  platform.comment(retries);
  keepFailedEvents(platform, source, lambda, deadLetters);
  const { ruleArn } = platform.schedule(source, {
    name,
    ...schedule,
    lambda,
    deadLetterQueueArn: deadLetters.arn,
    ...RETRIES,
  });
  new aws.sqs.QueuePolicy(args.deadLetters, {
    queueUrl: deadLetters.id,
    policy: deadLetterPolicy(platform, deadLetters, ruleArn),
  });
  return { lambda, role, logGroup, deadLetters };
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
