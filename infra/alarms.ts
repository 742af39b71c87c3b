import type * as Aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import type { DeployedApi } from "./api.ts";
import type { DeployedFunction } from "./functions.ts";
import { HOUR_SECONDS, METRIC_NAMESPACE, type MonitoredFunctions } from "./metrics.ts";
import type { Condition, LambdaFunction, Platform } from "./platform.ts";
import type { DailyReport, Report } from "./report.ts";

/** Collections may be two hours late before the alarm. */
const HOURS_WITHOUT_SUCCESS = 26;

/** A run may succeed and publish nothing, as while AWS has no data; after two days the published data is stale. */
const HOURS_WITHOUT_PUBLICATION = 50;

/** A report may be an hour late before the alarm. */
const HOURS_WITHOUT_REPORT = 25;

/** Of the 60 seconds that the report's function has. */
const SLOW_REPORT_MS = 30_000;
const NEARLY_TIMED_OUT_MS = 55_000;

/** Every description ends with the entry of the runbook. */
const RUNBOOK = "What to do: docs/runbook.md,";

/** What an alarm on a failure has unless its row says otherwise. */
const FAILURE = { namespace: "AWS/Lambda", statistic: "Sum", threshold: 0 };

const ofFunction = (lambda: LambdaFunction, metricName: string) => ({
  metricName,
  dimensions: { FunctionName: lambda.name },
});

/** A metric that the function writes itself. */
const ownMetric = (lambda: LambdaFunction, metricName: string) => ({
  ...ofFunction(lambda, metricName),
  namespace: METRIC_NAMESPACE,
});

const deadLettersIn = (queue: Aws.sqs.Queue) => ({
  description: "An event failed after all retries. It is in the dead-letter queue for 14 days.",
  namespace: "AWS/SQS",
  metricName: "ApproximateNumberOfMessagesVisible",
  dimensions: { QueueName: queue.name },
  statistic: "Maximum",
});

/** Alarms on events that must not happen. */
const failures = ({ pipeline, auth }: MonitoredFunctions) => ({
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
    ...ownMetric(pipeline.lambda, "MonthsQuarantined"),
  },
  "dead-letters": deadLettersIn(pipeline.deadLetters),
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
});

const reportFailures = ({ lambda, deadLetters, state }: DailyReport) => {
  const duration = { ...ofFunction(lambda, "Duration"), statistic: "Maximum" };
  const throttled = (metricName: string) => ({
    description:
      "DynamoDB throttled the table of the report: messages are sent later, or not on this day. The log names them.",
    namespace: "AWS/DynamoDB",
    metricName,
    dimensions: { TableName: state.name },
  });
  return {
    "report-errors": {
      description: "A run of the daily report failed. The log contains the reason; the run is retried.",
      ...ofFunction(lambda, "Errors"),
    },
    "report-throttles": {
      description: "The report's function was throttled: the account's Lambda concurrency is used up.",
      ...ofFunction(lambda, "Throttles"),
    },
    "report-slow": {
      description: "A run of the daily report took more than 30 seconds.",
      ...duration,
      threshold: SLOW_REPORT_MS,
    },
    "report-near-timeout": {
      description:
        "A run of the daily report took more than 55 of its 60 seconds: the next one may not send to everybody.",
      ...duration,
      threshold: NEARLY_TIMED_OUT_MS,
    },
    "reports-failed": {
      description:
        "A report was refused three times and not sent. The log contains the reason; send it again with dapanoskop report send --resend.",
      ...ownMetric(lambda, "ReportsFailed"),
    },
    "reports-unknown": {
      description:
        "Nobody knows whether a report was sent: the answer was lost. It is not sent again by itself. Ask its readers, then use dapanoskop report send --resend.",
      ...ownMetric(lambda, "ReportsUnknown"),
    },
    "reports-missing": {
      description:
        "An expected report was not sent. Read the log, then dapanoskop report status and report send --date.",
      ...ownMetric(lambda, "ReportsMissing"),
    },
    "budgets-unknown": {
      description:
        "It is unknown whether a budget is kept: its figures are missing. Nothing was sent about it. The log names the budget.",
      ...ownMetric(lambda, "BudgetsUnknown"),
    },
    "budget-alerts-undelivered": {
      description: "The alert of a budget was not sent, or its answer was lost. The log names the budget.",
      ...ownMetric(lambda, "BudgetAlertsUndelivered"),
    },
    "report-dead-letters": deadLettersIn(deadLetters),
    "state-read-throttles": throttled("ReadThrottleEvents"),
    "state-write-throttles": throttled("WriteThrottleEvents"),
  };
};

const mailFailures = (lambda: LambdaFunction) => ({
  "mail-events-errors": {
    description: "An event of SES was not processed: a bounce may be unknown. The log contains the reason.",
    ...ofFunction(lambda, "Errors"),
  },
  "mails-bounced": {
    description: "A report did not reach a recipient. The log names the report; correct report_recipients.",
    ...ownMetric(lambda, "MailsBounced"),
  },
  "mails-complained": {
    description:
      "A recipient called a report unwanted. Remove the address: SES stops senders with complaints.",
    ...ownMetric(lambda, "MailsComplained"),
  },
});

const apiFailures = ({ gateway, lambda }: DeployedApi) => ({
  "api-errors": {
    description:
      "The API answered with a server error (5xx): pages of plans and budgets and checks in CI may fail. The log contains the reason.",
    namespace: "AWS/ApiGateway",
    metricName: "5xx",
    dimensions: { ApiId: gateway.id },
  },
  "api-function-errors": {
    description:
      "The function of the API crashed or took longer than 29 seconds. The log contains the reason.",
    ...ofFunction(lambda, "Errors"),
  },
  "api-throttles": {
    description: "The function of the API was throttled: the account's Lambda concurrency is used up.",
    ...ofFunction(lambda, "Throttles"),
  },
});

/** Alarms on events that must happen within so many hours. A missing metric means that none happened. */
const overdue = {
  "no-success": {
    description: `No collection succeeded for ${HOURS_WITHOUT_SUCCESS} hours. Is the schedule enabled? Read the log.`,
    metricName: "CollectSuccess",
    statistic: "Sum",
    hours: HOURS_WITHOUT_SUCCESS,
  },
  "stale-data": {
    description: `No month was published for ${HOURS_WITHOUT_PUBLICATION} hours: the page shows old data.`,
    metricName: "MonthsPublished",
    statistic: "Sum",
    hours: HOURS_WITHOUT_PUBLICATION,
  },
};

/** Where nobody gets a report every day, every run must at least count the missing ones. */
const reportOverdue = ({ choose }: Platform, { isDaily }: Report) => ({
  "no-report": {
    description: `No report was delivered for ${HOURS_WITHOUT_REPORT} hours; where nobody gets one daily: no run checked what is due. Is the schedule enabled? Read the log.`,
    metricName: choose(isDaily, "ReportsDelivered", "ReportsMissing"),
    statistic: choose(isDaily, "Sum", "SampleCount"),
    hours: HOURS_WITHOUT_REPORT,
  },
});

/** The alarms of the functions that exist; each notifies the topic when it begins and when it ends. */
export function createAlarms(
  platform: Platform,
  functions: MonitoredFunctions,
  withAlarms: Condition,
  topic: Aws.sns.Topic,
): void {
  const { inputs, when, all, comment } = platform;
  const { pipeline, report, api } = functions;
  const create = { failures: failureAlarms(platform, topic), overdue: overdueAlarms(platform, topic) };
  when(withAlarms, () => {
    comment("Events that must not happen: one in five minutes raises the alarm.");
    create.failures("failure", failures(functions));
    comment("Events that must happen within so many hours; a missing metric raises the alarm as well.");
    create.overdue("overdue", overdue, pipeline.lambda);
  });
  when(all(withAlarms, report.isWanted), () => {
    const daily = report.daily as DailyReport;
    comment("The same of the report.");
    create.failures("report_failure", reportFailures(daily));
    create.overdue("report_overdue", reportOverdue(platform, report), daily.lambda);
  });
  when(all(withAlarms, report.isMailed), () =>
    create.failures("mail_failure", mailFailures((report.mailEvents as DeployedFunction).lambda)),
  );
  when(all(withAlarms, inputs.api_enabled), () =>
    create.failures("api_failure", apiFailures(api as DeployedApi)),
  );
}

interface FailureRow extends Partial<typeof FAILURE> {
  readonly description: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, Input<string>>>;
}

/** Creates an alarm for each row of a table; the name is that of the resource. */
const failureAlarms =
  (platform: Platform, topic: Aws.sns.Topic) =>
  (name: string, rows: Readonly<Record<string, FailureRow>>): void => {
    platform.table(
      `${name}s`,
      rows,
      (row, key, label) => {
        new platform.aws.cloudwatch.MetricAlarm(label(name), {
          ...alarmOn(platform, key, row, topic),
          namespace: row.namespace,
          dimensions: row.dimensions,
          statistic: row.statistic,
          period: 300,
          evaluationPeriods: 1,
          threshold: row.threshold,
          comparisonOperator: "GreaterThanThreshold",
          treatMissingData: "notBreaching",
        });
      },
      FAILURE,
    );
  };

interface OverdueRow {
  readonly description: string;
  readonly metricName: Input<string>;
  readonly statistic: Input<string>;
  readonly hours: number;
}

/** The same for events that do not happen, each counted by a function. */
const overdueAlarms =
  (platform: Platform, topic: Aws.sns.Topic) =>
  (name: string, rows: Readonly<Record<string, OverdueRow>>, lambda: LambdaFunction): void => {
    platform.table(name, rows, (row, key, label) => {
      new platform.aws.cloudwatch.MetricAlarm(label(name), {
        ...alarmOn(platform, key, row, topic),
        namespace: METRIC_NAMESPACE,
        dimensions: { FunctionName: lambda.name },
        statistic: row.statistic,
        period: HOUR_SECONDS,
        evaluationPeriods: row.hours,
        datapointsToAlarm: row.hours,
        threshold: 1,
        comparisonOperator: "LessThanThreshold",
        treatMissingData: "breaching",
      });
    });
  };

const alarmOn = (
  { inputs, text }: Platform,
  key: Input<string>,
  row: { readonly description: Input<string>; readonly metricName: Input<string> },
  topic: Aws.sns.Topic,
) => ({
  name: text`${inputs.name_prefix}-${key}`,
  alarmDescription: text`${row.description} ${RUNBOOK} ${key}.`,
  metricName: row.metricName,
  alarmActions: [topic.arn],
  okActions: [topic.arn],
});

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
        alarmDescription: text`The account's bill of this month exceeds USD ${thresholdUsd}. ${RUNBOOK} billing-${key}.`,
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

/**
 * The safety net where AWS publishes no metric of the bill: AWS Budgets reads the bill itself, some three times a day, and mails
 * without a topic. The limit is the late threshold; both notify by what was charged, not by a forecast.
 */
export function createBillingBudget({ aws, inputs, text, element }: Platform): void {
  const threshold = (at: number) => element(inputs.billing_alarm_thresholds_usd, at);
  const notification = (at: number) => ({
    comparisonOperator: "GREATER_THAN",
    threshold: threshold(at),
    thresholdType: "ABSOLUTE_VALUE",
    notificationType: "ACTUAL",
    subscriberEmailAddresses: [inputs.alarm_email as Input<string>],
  });
  new aws.budgets.Budget("bill", {
    name: text`${inputs.name_prefix}-bill`,
    budgetType: "COST",
    timeUnit: "MONTHLY",
    limitAmount: text`${threshold(1)}`,
    limitUnit: "USD",
    notifications: [notification(0), notification(1)],
  });
}
