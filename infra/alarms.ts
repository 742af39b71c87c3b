import type * as Aws from "@pulumi/aws";
import { HOUR_SECONDS, METRIC_NAMESPACE, type MonitoredFunctions } from "./metrics.ts";
import type { Platform } from "./platform.ts";

/** Collections may be two hours late before the alarm. */
const HOURS_WITHOUT_SUCCESS = 26;

/** A run may succeed and publish nothing, as while AWS has no data; after two days the published data is stale. */
const HOURS_WITHOUT_PUBLICATION = 50;

/** Alarms on events that must not happen: one event in five minutes is enough. */
const failures = ({ pipeline, auth }: MonitoredFunctions) => {
  const ofFunction = (lambda: MonitoredFunctions["pipeline"]["lambda"], metricName: string) => ({
    namespace: "AWS/Lambda",
    metricName,
    dimensions: { FunctionName: lambda.name },
    statistic: "Sum",
  });
  return {
    "collect-errors": {
      description: "A collection failed; the data published before remains. The log contains the reason.",
      ...ofFunction(pipeline.lambda, "Errors"),
    },
    "collect-throttles": {
      description: "The collector was throttled: the account's Lambda concurrency is used up.",
      ...ofFunction(pipeline.lambda, "Throttles"),
    },
    "months-quarantined": {
      description:
        "A month was quarantined because its figures look wrong. Read the log; to publish it nevertheless, invoke the collector with that period and force.",
      ...ofFunction(pipeline.lambda, "MonthsQuarantined"),
      namespace: METRIC_NAMESPACE,
    },
    "dead-letters": {
      description: "An event failed after all retries. It is in the dead-letter queue for 14 days.",
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: pipeline.deadLetters.name },
      statistic: "Maximum",
    },
    // The function answers 503 when Cognito, KMS or Parameter Store fails, and does not crash: Lambda counts no error.
    "session-errors": {
      description:
        "The session function answered with a server error (5xx): users may be unable to sign in. The log contains the reason.",
      ...ofFunction(auth.lambda, "Url5xxCount"),
    },
    "session-throttles": {
      description: "The session function was throttled: users may be unable to sign in.",
      ...ofFunction(auth.lambda, "Throttles"),
    },
  };
};

/** Alarms on events that must happen within so many hours. A missing metric means that none happened. */
const overdue = {
  "no-success": {
    description: `No collection succeeded for ${HOURS_WITHOUT_SUCCESS} hours. Is the schedule enabled? Read the log.`,
    metricName: "CollectSuccess",
    hours: HOURS_WITHOUT_SUCCESS,
  },
  "stale-data": {
    description: `No month was published for ${HOURS_WITHOUT_PUBLICATION} hours: the page shows old data.`,
    metricName: "MonthsPublished",
    hours: HOURS_WITHOUT_PUBLICATION,
  },
};

/** The alarms on both functions; each notifies the topic when it begins and when it ends. */
export function createAlarms(platform: Platform, functions: MonitoredFunctions, topic: Aws.sns.Topic): void {
  const { aws, inputs, text } = platform;
  const notify = { alarmActions: [topic.arn], okActions: [topic.arn] };
  platform.comment("Events that must not happen: one in five minutes raises the alarm.");
  platform.table("failures", failures(functions), (row, key, label) => {
    new aws.cloudwatch.MetricAlarm(label("failure"), {
      name: text`${inputs.name_prefix}-${key}`,
      alarmDescription: row.description,
      namespace: row.namespace,
      metricName: row.metricName,
      dimensions: row.dimensions,
      statistic: row.statistic,
      period: 300,
      evaluationPeriods: 1,
      threshold: 0,
      comparisonOperator: "GreaterThanThreshold",
      treatMissingData: "notBreaching",
      ...notify,
    });
  });
  platform.comment(
    "Events that must happen within so many hours; a missing metric raises the alarm as well.",
  );
  platform.table("overdue", overdue, (row, key, label) => {
    new aws.cloudwatch.MetricAlarm(label("overdue"), {
      name: text`${inputs.name_prefix}-${key}`,
      alarmDescription: row.description,
      namespace: METRIC_NAMESPACE,
      metricName: row.metricName,
      dimensions: { FunctionName: functions.pipeline.lambda.name },
      statistic: "Sum",
      period: HOUR_SECONDS,
      evaluationPeriods: row.hours,
      datapointsToAlarm: row.hours,
      threshold: 1,
      comparisonOperator: "LessThanThreshold",
      treatMissingData: "breaching",
      ...notify,
    });
  });
}

/**
 * The alarms on the account's bill, in us-east-1, where AWS publishes it, several times a day. AWS publishes it only where
 * billing alerts are enabled in the account.
 */
export function createBillingAlarms(platform: Platform, topic: Aws.sns.Topic): void {
  const { aws, inputs, text, usEast1, element } = platform;
  const thresholds = {
    early: { thresholdUsd: element(inputs.billing_alarm_thresholds_usd, 0) },
    late: { thresholdUsd: element(inputs.billing_alarm_thresholds_usd, 1) },
  };
  platform.table("billing_alarms", thresholds, ({ thresholdUsd }, key, label) => {
    new aws.cloudwatch.MetricAlarm(
      label("billing"),
      {
        name: text`${inputs.name_prefix}-billing-${key}`,
        alarmDescription: text`The account's bill of this month exceeds USD ${thresholdUsd}.`,
        namespace: "AWS/Billing",
        metricName: "EstimatedCharges",
        dimensions: { Currency: "USD" },
        statistic: "Maximum",
        period: 6 * HOUR_SECONDS,
        evaluationPeriods: 1,
        threshold: thresholdUsd,
        comparisonOperator: "GreaterThanThreshold",
        // Between two publications of the metric the alarm keeps its state.
        treatMissingData: "ignore",
        alarmActions: [topic.arn],
        okActions: [topic.arn],
      },
      usEast1,
    );
  });
}
