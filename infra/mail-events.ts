import type * as Aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import { createFunction, createIdentity, type DeployedFunction } from "./functions.ts";
import type { Platform } from "./platform.ts";
import { fromThisAccount, keepState, policyDocument, tlsOnly } from "./policy-documents.ts";
import { keepFailedEvents, sendDeadLetters } from "./scheduled-function.ts";

const MEMORY_MB = 128;
const TIMEOUT_SECONDS = 30;

/** SES tells a topic what becomes of each mail, and a function notes it in the table of the report. */
export function createMailEvents(
  platform: Platform,
  { state, deadLetters }: { readonly state: Aws.dynamodb.Table; readonly deadLetters: Aws.sqs.Queue },
): DeployedFunction {
  const { aws, inputs, text } = platform;
  const identity = createIdentity(platform, "mail_events", {
    key: "mail-events",
    task: "note what became of mails",
    retentionInDays: inputs.report_log_retention_days,
  });
  const made = createFunction(platform, {
    description: "Notes which mails were sent, delivered, bounced or called unwanted.",
    source: "mail-events",
    identity,
    memoryMb: MEMORY_MB,
    timeoutSeconds: TIMEOUT_SECONDS,
    environment: { STATE_TABLE: state.name },
    allowed: [sendDeadLetters(deadLetters), keepState(state, ["dynamodb:GetItem", "dynamodb:PutItem"])],
  });
  const { lambda } = made;
  keepFailedEvents(platform, "mail_events", lambda, deadLetters);

  const topic = new aws.sns.Topic("mail_events", { name: text`${inputs.name_prefix}-mail-events` });
  const publish = { Action: "sns:Publish", Resource: topic.arn };
  const policy = new aws.sns.TopicPolicy("mail_events", {
    arn: topic.arn,
    policy: policyDocument(platform, [
      {
        Sid: "MailEventsPublish",
        Effect: "Allow",
        Principal: { Service: "ses.amazonaws.com" },
        ...publish,
        Condition: {
          ...fromThisAccount(platform),
          ArnEquals: {
            "aws:SourceArn": sesArn(platform, text`configuration-set/${configurationSetName(platform)}`),
          },
        },
      },
      tlsOnly(publish.Action, publish.Resource),
    ]),
  });
  new aws.lambda.Permission("mail_events", {
    statementId: "MailEventsInvoke",
    action: "lambda:InvokeFunction",
    function: lambda.name,
    principal: "sns.amazonaws.com",
    sourceArn: topic.arn,
  });
  new aws.sns.TopicSubscription("mail_events", {
    topic: topic.arn,
    protocol: "lambda",
    endpoint: lambda.arn,
  });

  const set = new aws.sesv2.ConfigurationSet("report", {
    configurationSetName: configurationSetName(platform),
    // A server without TLS gets no figures.
    deliveryOptions: { tlsPolicy: "REQUIRE" },
  });
  new aws.sesv2.ConfigurationSetEventDestination(
    "report",
    {
      configurationSetName: set.configurationSetName,
      eventDestinationName: "mail-events",
      eventDestination: {
        enabled: true,
        matchingEventTypes: ["SEND", "DELIVERY", "BOUNCE", "COMPLAINT"],
        snsDestination: { topicArn: topic.arn },
      },
    },
    { dependsOn: [policy] },
  );
  return made;
}

/** The name of the set that every mail of the report belongs to. */
export const configurationSetName = ({ inputs, text }: Platform) => text`${inputs.name_prefix}-report`;

/** The ARN of something in SES: `configuration-set/costs-report`. */
export const sesArn = ({ text, partition, region, accountId }: Platform, path: Input<string>) =>
  text`arn:${partition}:ses:${region}:${accountId}:${path}`;
