import type * as Aws from "@pulumi/aws";
import type { CustomResourceOptions, Input } from "@pulumi/pulumi";
import { createAlarms, createBillingAlarms, createBillingBudget } from "./alarms.ts";
import { createDashboard } from "./dashboard.ts";
import type { MonitoredFunctions } from "./metrics.ts";
import type { Platform } from "./platform.ts";
import { accountRoot, fromThisAccount, policyDocument, tlsOnly } from "./policy-documents.ts";

/** KMS's shortest waiting time, in which a deletion can be cancelled. */
const KEY_DELETION_DAYS = 7;

export function createMonitoring(platform: Platform, functions: MonitoredFunctions): void {
  const { inputs, isSet, when, output, all, choose } = platform;
  const withAlarms = isSet(inputs.alarm_email);
  const keyPolicy = platform.local("alarm_key_policy", alarmKeyPolicy(platform));
  platform.subsystem("monitoring", "A dashboard, and with alarm_email alarms on all functions.", () => {
    const topic = when(withAlarms, () => {
      const topic = createTopic(platform, "alarms", keyPolicy, {});
      output("alarm_topic_arn", "The topic of the alarms; null without alarm_email.", topic.arn);
      return topic;
    });
    createAlarms(platform, functions, withAlarms, topic as Aws.sns.Topic);
    createDashboard(platform, functions);
  });
  platform.subsystem("billing", "With alarm_email, alarms on the account's whole bill.", () => {
    when(withAlarms, () => {
      const topic = createTopic(platform, "billing", keyPolicy, platform.usEast1);
      createBillingAlarms(platform, topic);
      output(
        "billing_topic_arn",
        "The topic of the billing alarms, in us-east-1; null without alarm_email.",
        topic.arn,
      );
    });
    platform.require(
      choose(inputs.billing_budget_enabled, withAlarms, true),
      "billing_budget_enabled needs alarm_email: the address that the budget notifies.",
    );
    when(all(withAlarms, inputs.billing_budget_enabled), () => createBillingBudget(platform));
  });
}

const CLOUDWATCH = { Effect: "Allow", Principal: { Service: "cloudwatch.amazonaws.com" } };

/** With AWS's own key for SNS CloudWatch could not publish, and alarms would be lost without an error. */
const alarmKeyPolicy = (platform: Platform) =>
  policyDocument(platform, [
    {
      Sid: "AccountAdministers",
      Effect: "Allow",
      Principal: accountRoot(platform),
      Action: "kms:*",
      Resource: "*",
    },
    {
      Sid: "AlarmsPublish",
      ...CLOUDWATCH,
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
      Condition: fromThisAccount(platform),
    },
  ]);

/**
 * What is mailed: an alarm, and its end. Without it every alarm would mail when it is created, as it becomes OK for lack of
 * failures.
 */
const ALARMS_AND_THEIR_ENDS = { $or: [{ NewStateValue: ["ALARM"] }, { OldStateValue: ["ALARM"] }] };

/** A topic of encrypted messages that CloudWatch publishes to, and its subscription by mail. */
function createTopic(
  platform: Platform,
  name: "alarms" | "billing",
  keyPolicy: Input<string>,
  options: CustomResourceOptions,
) {
  const { aws, inputs, text } = platform;
  const key = new aws.kms.Key(
    name,
    {
      description: text`Encrypts the messages of the topic ${inputs.name_prefix}-${name}.`,
      enableKeyRotation: true,
      deletionWindowInDays: KEY_DELETION_DAYS,
      policy: keyPolicy,
    },
    options,
  );
  const topic = new aws.sns.Topic(
    name,
    { name: text`${inputs.name_prefix}-${name}`, kmsMasterKeyId: key.arn },
    options,
  );
  const publish = { Action: "sns:Publish", Resource: topic.arn };
  new aws.sns.TopicPolicy(
    name,
    {
      arn: topic.arn,
      policy: policyDocument(platform, [
        { Sid: "AlarmsPublish", ...CLOUDWATCH, ...publish, Condition: fromThisAccount(platform) },
        tlsOnly(publish.Action, publish.Resource),
      ]),
    },
    options,
  );
  new aws.sns.TopicSubscription(
    name,
    {
      topic: topic.arn,
      protocol: "email",
      endpoint: inputs.alarm_email as Input<string>,
      filterPolicyScope: "MessageBody",
      filterPolicy: platform.json(ALARMS_AND_THEIR_ENDS),
    },
    options,
  );
  return topic;
}
