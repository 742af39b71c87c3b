import type * as Aws from "@pulumi/aws";
import type { CustomResourceOptions, Input } from "@pulumi/pulumi";
import type { Auth } from "./auth.ts";
import type { Pipeline } from "./pipeline.ts";
import type { Platform } from "./platform.ts";

/** What is watched. */
export interface Watched {
  readonly pipeline: Pipeline;
  readonly auth: Auth;
}

/** The namespace of what the functions measure of themselves; packages/functions writes it. */
const NAMESPACE = "Dapanoskop";

const HOUR = 3600;

/** A day's collection may come two hours late before somebody is woken. */
const HOURS_WITHOUT_SUCCESS = 26;

/** Runs may succeed and publish nothing, as while AWS has no data; two days of that are stale figures. */
const HOURS_WITHOUT_FIGURES = 50;

/** How long a topic's key can be called back after a deletion. */
const KEY_DELETION_DAYS = 7;

export const createMonitoring = (platform: Platform, watched: Watched): void => {
  platform.part(
    "monitoring",
    "Who is told what, and a page to look at. Alarms exist once alarm_email is set.",
    () => {
      const alarmed = platform.given(platform.inputs.alarm_email);
      platform.when(alarmed, () => {
        const topic = createTopic(platform, "alarms", {});
        createAlarms(platform, watched, topic);
      });
      createDashboard(platform, watched);
    },
  );
  platform.part("billing", "The safety net: the account's bill, wherever it comes from.", () => {
    platform.when(platform.given(platform.inputs.alarm_email), () => createSafetyNet(platform));
  });
};

/** A topic of encrypted messages that CloudWatch may publish to, and a mail address that hears of them. */
function createTopic(platform: Platform, name: "alarms" | "billing", options: CustomResourceOptions) {
  const { aws, inputs, text, json, partition, accountId } = platform;
  const ours = { StringEquals: { "aws:SourceAccount": accountId } };
  // AWS's own key for SNS does not let CloudWatch in, so alarms would be lost without a word.
  const key = new aws.kms.Key(
    name,
    {
      description: text`Encrypts what the topic ${inputs.name_prefix}-${name} holds.`,
      enableKeyRotation: true,
      deletionWindowInDays: KEY_DELETION_DAYS,
      policy: json({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "AccountAdministers",
            Effect: "Allow",
            Principal: { AWS: text`arn:${partition}:iam::${accountId}:root` },
            Action: "kms:*",
            Resource: "*",
          },
          {
            Sid: "AlarmsPublish",
            Effect: "Allow",
            Principal: { Service: "cloudwatch.amazonaws.com" },
            Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
            Resource: "*",
            Condition: ours,
          },
        ],
      }),
    },
    options,
  );
  const topic = new aws.sns.Topic(
    name,
    { name: text`${inputs.name_prefix}-${name}`, kmsMasterKeyId: key.arn },
    options,
  );
  new aws.sns.TopicPolicy(
    name,
    {
      arn: topic.arn,
      policy: json({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "AlarmsPublish",
            Effect: "Allow",
            Principal: { Service: "cloudwatch.amazonaws.com" },
            Action: "sns:Publish",
            Resource: topic.arn,
            Condition: ours,
          },
          {
            Sid: "TlsOnly",
            Effect: "Deny",
            Principal: "*",
            Action: "sns:Publish",
            Resource: topic.arn,
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      }),
    },
    options,
  );
  new aws.sns.TopicSubscription(
    name,
    { topic: topic.arn, protocol: "email", endpoint: inputs.alarm_email as Input<string> },
    options,
  );
  return topic;
}

type Alarm = Omit<Aws.cloudwatch.MetricAlarmArgs, "alarmActions" | "okActions" | "name"> & {
  readonly alarmDescription: Input<string>;
};

interface Metric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, Input<string>>>;
}

function createAlarms(platform: Platform, { pipeline, auth }: Watched, topic: Aws.sns.Topic): void {
  const { aws, inputs, text } = platform;
  const collector = { FunctionName: pipeline.lambda.name };
  const session = { FunctionName: auth.lambda.name };
  /** Something that must never be seen, counted in five minutes. */
  const never = (metric: Metric) => ({
    ...metric,
    statistic: "Sum",
    period: 300,
    evaluationPeriods: 1,
    threshold: 0,
    comparisonOperator: "GreaterThanThreshold",
    treatMissingData: "notBreaching",
  });
  /** Something that must be seen within so many hours; no word of it at all is bad news, too. */
  const within = (hours: number, metricName: string) => ({
    namespace: NAMESPACE,
    metricName,
    dimensions: collector,
    statistic: "Sum",
    period: HOUR,
    evaluationPeriods: hours,
    datapointsToAlarm: hours,
    threshold: 1,
    comparisonOperator: "LessThanThreshold",
    treatMissingData: "breaching",
  });
  const lambda = (metricName: string, dimensions: Metric["dimensions"]) =>
    never({ namespace: "AWS/Lambda", metricName, dimensions });

  const alarms: readonly (readonly [name: string, alarm: Alarm])[] = [
    [
      "collect_errors",
      {
        ...lambda("Errors", collector),
        alarmDescription: "A collection failed; the figures of before stand. The log says why.",
      },
    ],
    [
      "collect_throttles",
      {
        ...lambda("Throttles", collector),
        alarmDescription: "The collector was not let run: the account's concurrency is used up.",
      },
    ],
    [
      "no_success",
      {
        ...within(HOURS_WITHOUT_SUCCESS, "CollectSuccess"),
        alarmDescription: `No collection succeeded for ${HOURS_WITHOUT_SUCCESS} hours. Is the schedule switched on? Look into the log.`,
      },
    ],
    [
      "stale_data",
      {
        ...within(HOURS_WITHOUT_FIGURES, "MonthsPublished"),
        alarmDescription: `No figures were published for ${HOURS_WITHOUT_FIGURES} hours: the page shows old ones.`,
      },
    ],
    [
      "months_held",
      {
        ...never({ namespace: NAMESPACE, metricName: "MonthsHeld", dimensions: collector }),
        alarmDescription:
          "A month was held back because its figures look broken. Look at the log; invoke the collector with that period and force to publish it all the same.",
      },
    ],
    [
      "dead_letters",
      {
        ...never({
          namespace: "AWS/SQS",
          metricName: "ApproximateNumberOfMessagesVisible",
          dimensions: { QueueName: pipeline.deadLetters.name },
        }),
        statistic: "Maximum",
        alarmDescription:
          "An event was given up after its repetitions. It lies in the dead-letter queue for 14 days.",
      },
    ],
    [
      "session_errors",
      {
        // It answers 503 when Cognito, KMS or Parameter Store fail it, and does not crash: Lambda counts no error.
        ...lambda("Url5xxCount", session),
        alarmDescription:
          "The function that opens sessions answered with an error of its own (5xx): people may be unable to sign in. The log has the reason.",
      },
    ],
    [
      "session_throttles",
      {
        ...lambda("Throttles", session),
        alarmDescription:
          "The function that opens sessions was not let run: people may be unable to sign in.",
      },
    ],
  ];
  for (const [name, alarm] of alarms) {
    new aws.cloudwatch.MetricAlarm(name, {
      name: text`${inputs.name_prefix}-${name.replaceAll("_", "-")}`,
      ...alarm,
      alarmActions: [topic.arn],
      okActions: [topic.arn],
    });
  }
  platform.output(
    "alarm_topic_arn",
    "The topic that alarms are published to; null without alarm_email.",
    topic.arn,
  );
}

/** AWS measures the bill in us-east-1 alone, some times a day, and only where billing alerts are switched on. */
function createSafetyNet(platform: Platform): void {
  const { aws, inputs, text, northVirginia } = platform;
  const topic = createTopic(platform, "billing", northVirginia);
  const thresholds = ["early", "late"] as const;
  thresholds.forEach((name, at) => {
    new aws.cloudwatch.MetricAlarm(
      `billing_${name}`,
      {
        name: text`${inputs.name_prefix}-billing-${name}`,
        alarmDescription: text`The account's bill of this month has passed USD ${platform.element(inputs.billing_alarm_thresholds_usd, at)}.`,
        namespace: "AWS/Billing",
        metricName: "EstimatedCharges",
        dimensions: { Currency: "USD" },
        statistic: "Maximum",
        period: 6 * HOUR,
        evaluationPeriods: 1,
        threshold: platform.element(inputs.billing_alarm_thresholds_usd, at),
        comparisonOperator: "GreaterThanThreshold",
        // Between two readings there is nothing to say.
        treatMissingData: "ignore",
        alarmActions: [topic.arn],
        okActions: [topic.arn],
      },
      northVirginia,
    );
  });
  platform.output(
    "billing_topic_arn",
    "The topic of the safety net, in us-east-1; null without alarm_email.",
    topic.arn,
  );
}

/** One look at what runs and what it costs to run, and the errors of both functions. */
function createDashboard(platform: Platform, { pipeline, auth }: Watched): void {
  const { aws, inputs, text, json, region } = platform;
  const groups = text`SOURCE '${pipeline.logGroup.name}' | SOURCE '${auth.logGroup.name}'`;
  const errors =
    "filter level in ['error', 'warn'] | fields @timestamp, level, message, reason, run_id | sort @timestamp desc | limit 100";
  const chart = (
    x: number,
    y: number,
    title: string,
    metrics: readonly unknown[],
    stat: string,
    period: number,
  ) => ({
    type: "metric",
    x,
    y,
    width: 8,
    height: 6,
    properties: { title, region, view: "timeSeries", stat, period, metrics },
  });
  const ours = (name: string) => [NAMESPACE, name, "FunctionName", pipeline.lambda.name];
  const dashboard = new aws.cloudwatch.Dashboard("overview", {
    dashboardName: inputs.name_prefix,
    dashboardBody: json({
      widgets: [
        chart(
          0,
          0,
          "Collections that succeeded",
          [ours("CollectSuccess"), ours("MonthsPublished"), ours("MonthsHeld")],
          "Sum",
          86400,
        ),
        chart(
          8,
          0,
          "What Cost Explorer charged, in USD",
          [ours("RequestPriceUSD"), ours("RequestPages")],
          "Sum",
          86400,
        ),
        chart(16, 0, "How long a collection takes, in ms", [ours("Duration")], "Maximum", 86400),
        chart(
          0,
          6,
          "Errors and throttles",
          [
            ["AWS/Lambda", "Errors", "FunctionName", pipeline.lambda.name],
            ["AWS/Lambda", "Throttles", "FunctionName", pipeline.lambda.name],
            ["AWS/Lambda", "Url5xxCount", "FunctionName", auth.lambda.name],
            ["AWS/Lambda", "Throttles", "FunctionName", auth.lambda.name],
          ],
          "Sum",
          3600,
        ),
        chart(
          8,
          6,
          "Dead letters",
          [["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", pipeline.deadLetters.name]],
          "Maximum",
          3600,
        ),
        chart(
          16,
          6,
          "Sessions opened, renewed, closed",
          [["AWS/Lambda", "Invocations", "FunctionName", auth.lambda.name]],
          "Sum",
          3600,
        ),
        {
          type: "log",
          x: 0,
          y: 12,
          width: 24,
          height: 8,
          properties: {
            title: "Errors and warnings",
            region,
            view: "table",
            query: text`${groups} | ${errors}`,
          },
        },
      ],
    }),
  });
  platform.output(
    "dashboard_url",
    "CloudWatch's page about this deployment: collections, price, errors of the log.",
    text`https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboard.dashboardName}`,
  );
}
