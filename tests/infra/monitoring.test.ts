import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { resultMetrics, runMetrics } from "../../packages/functions/src/collect/collect-telemetry.ts";
import { metricLine } from "../../packages/functions/src/lambda/metrics.ts";
import { budgetMetrics } from "../../packages/functions/src/report/budget-telemetry.ts";
import { deliveryMetrics } from "../../packages/functions/src/report/report-telemetry.ts";
import type { EvaluatedResource, PlainObject } from "../../packages/terraform/src/evaluate.ts";
import { everything, ofType, reporting, system, TOPIC, the } from "./support/the-system.ts";

const made = system(everything);
const alarms = ofType(made, "aws_cloudwatch_metric_alarm");
const keyOf = ({ name, key }: EvaluatedResource) => (name === "billing" ? `billing-${key}` : String(key));
const theAlarm = (key: string) => {
  const found = alarms.find((alarm) => keyOf(alarm) === key);
  if (found === undefined) throw new Error(`There is no alarm ${key}.`);
  return found;
};

/** The metrics that the collector writes, as CloudWatch reads its log. */
const written = (() => {
  const requests = { pages: 7, other: 1, priceUsd: 0.08 };
  const months = [{ period: "2026-02", outcome: "published", why: null }] as const;
  type PlanResult = Parameters<typeof resultMetrics>[0];
  const result = { months, warnings: [], requests, generation: 1 } as unknown as PlanResult;
  const metrics = [...resultMetrics(result, true, 1), ...runMetrics(requests, true, 1)];
  const { _aws, ...values } = JSON.parse(metricLine("dapanoskop-collect", metrics, 0));
  const [{ Namespace, Metrics, Dimensions }] = _aws.CloudWatchMetrics;
  return {
    namespace: Namespace as string,
    names: Metrics.map(({ Name }: { Name: string }) => Name) as readonly string[],
    dimensions: Object.fromEntries(
      Dimensions.flat().map((name: string) => [name, values[name]]),
    ) as PlainObject,
  };
})();

/** The metrics that the report's functions write, each with the function. */
const REPORT_METRICS: ReadonlyMap<unknown, string> = (() => {
  const delivery = { reports: [], missing: [], failures: [], unknown: 0, failed: 0 };
  const handler = new URL("../../packages/functions/src/mail-events/mail-events-handler.ts", import.meta.url);
  const ofMails = [...readFileSync(handler, "utf8").matchAll(/name: "(\w+)", unit: "Count"/g)];
  return new Map([
    ...deliveryMetrics(delivery as unknown as Parameters<typeof deliveryMetrics>[0]).map(
      ({ name }) => [name, "report"] as const,
    ),
    ...budgetMetrics({ unknown: 0, alerts: [], failures: [] } as unknown as Parameters<
      typeof budgetMetrics
    >[0]).map(({ name }) => [name, "report"] as const),
    ...ofMails.map(([, name]) => [name, "mail-events"] as const),
  ]);
})();

/** Metrics that AWS writes, and the dimension of each. */
const AWS_METRICS: Readonly<Record<string, string>> = {
  "AWS/Lambda Errors": "FunctionName",
  "AWS/Lambda Throttles": "FunctionName",
  "AWS/Lambda Duration": "FunctionName",
  "AWS/Lambda Invocations": "FunctionName",
  "AWS/Lambda Url5xxCount": "FunctionName",
  "AWS/SQS ApproximateNumberOfMessagesVisible": "QueueName",
  "AWS/DynamoDB ReadThrottleEvents": "TableName",
  "AWS/DynamoDB WriteThrottleEvents": "TableName",
  "AWS/ApiGateway Count": "ApiId",
  "AWS/ApiGateway 4xx": "ApiId",
  "AWS/ApiGateway 5xx": "ApiId",
  "AWS/ApiGateway Latency": "ApiId",
  "AWS/Billing EstimatedCharges": "Currency",
};

/** The values of each dimension in the system. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  FunctionName: ofType(made, "aws_lambda_function").map(({ args }) => args.function_name),
  QueueName: ofType(made, "aws_sqs_queue").map(({ args }) => args.name),
  TableName: ofType(made, "aws_dynamodb_table").map(({ args }) => args.name),
  ApiId: ["aws_apigatewayv2_api.api.id"],
  Currency: ["USD"],
};

/** Why nothing writes a metric; null where the collector or AWS writes it. */
function unwritten(namespace: unknown, name: unknown, dimensions: PlainObject): string | null {
  const metric = `${namespace} ${name} ${JSON.stringify(dimensions)}`;
  if (namespace === written.namespace) {
    const isOf = (lambda: PlainObject) => JSON.stringify(dimensions) === JSON.stringify(lambda);
    const ofReport = REPORT_METRICS.get(name);
    const isWritten =
      (written.names.includes(String(name)) && isOf(written.dimensions)) ||
      (ofReport !== undefined && isOf({ FunctionName: `dapanoskop-${ofReport}` }));
    return isWritten ? null : `No function writes ${metric}.`;
  }
  const dimension = AWS_METRICS[`${namespace} ${name}`];
  if (dimension === undefined) return `AWS has no metric ${metric}.`;
  const isOurs =
    Object.keys(dimensions).join() === dimension && VALUES[dimension]?.includes(dimensions[dimension]);
  return isOurs ? null : `The system has nothing that ${metric} is measured of.`;
}

it("mail is an alarm or the end of one: no alarm mails that it was created", () => {
  const filters = ofType(made, "aws_sns_topic_subscription")
    .filter(({ args }) => args.protocol === "email")
    .map(({ args }) => [args.filter_policy_scope, JSON.parse(String(args.filter_policy))]);
  const alarmsAndTheirEnds = { $or: [{ NewStateValue: ["ALARM"] }, { OldStateValue: ["ALARM"] }] };
  expect(filters).toEqual([
    ["MessageBody", alarmsAndTheirEnds],
    ["MessageBody", alarmsAndTheirEnds],
  ]);
});

describe("the alarms", () => {
  // The hours without a success, or without new figures, after which an alarm is raised.
  const OVERDUE = { "no-success": 26, "stale-data": 50, "no-report": 25 };
  const ofReport = { FunctionName: "dapanoskop-report" };
  const ofMails = { FunctionName: "dapanoskop-mail-events" };
  const ofState = { TableName: "dapanoskop-state" };
  const FAILURES: Readonly<Record<string, readonly [metric: string, PlainObject, above?: number]>> = {
    "api-errors": ["5xx", { ApiId: "aws_apigatewayv2_api.api.id" }],
    "api-function-errors": ["Errors", { FunctionName: "dapanoskop-api" }],
    "api-throttles": ["Throttles", { FunctionName: "dapanoskop-api" }],
    "report-errors": ["Errors", ofReport],
    "report-throttles": ["Throttles", ofReport],
    "report-slow": ["Duration", ofReport, 30_000],
    "report-near-timeout": ["Duration", ofReport, 55_000],
    "reports-failed": ["ReportsFailed", ofReport],
    "reports-unknown": ["ReportsUnknown", ofReport],
    "reports-missing": ["ReportsMissing", ofReport],
    "budgets-unknown": ["BudgetsUnknown", ofReport],
    "budget-alerts-undelivered": ["BudgetAlertsUndelivered", ofReport],
    "report-dead-letters": [
      "ApproximateNumberOfMessagesVisible",
      { QueueName: "dapanoskop-report-dead-letters" },
    ],
    "state-read-throttles": ["ReadThrottleEvents", ofState],
    "state-write-throttles": ["WriteThrottleEvents", ofState],
    "mail-events-errors": ["Errors", ofMails],
    "mails-bounced": ["MailsBounced", ofMails],
    "mails-complained": ["MailsComplained", ofMails],
    "collect-errors": ["Errors", { FunctionName: "dapanoskop-collect" }],
    "collect-throttles": ["Throttles", { FunctionName: "dapanoskop-collect" }],
    "dead-letters": ["ApproximateNumberOfMessagesVisible", { QueueName: "dapanoskop-dead-letters" }],
    "months-quarantined": ["MonthsQuarantined", written.dimensions],
    // A session function that responds 503 does not crash.
    "session-errors": ["Url5xxCount", { FunctionName: "dapanoskop-session" }],
    "session-throttles": ["Throttles", { FunctionName: "dapanoskop-session" }],
  };

  it("are these, each with a sentence", () => {
    const expected = ["billing-early", "billing-late", ...Object.keys(FAILURES), ...Object.keys(OVERDUE)];
    expect(alarms.map(keyOf).sort()).toEqual(expected.sort());
    for (const { args } of alarms) expect(String(args.alarm_description)).toMatch(/^[A-Z].+[.?]$/);
  });

  it("use metrics that a function or AWS writes", () => {
    const reasons = alarms.map(({ args }) =>
      unwritten(args.namespace, args.metric_name, args.dimensions as PlainObject),
    );
    expect(reasons.filter((reason) => reason !== null)).toEqual([]);
  });

  it.each([
    ["Dapanoskop", "CollectSuccess", { FunctionName: "dapanoskop-collect" }, null],
    ["Dapanoskop", "CollectSucces", { FunctionName: "dapanoskop-collect" }, "No function writes"],
    ["Dapanoskop", "CollectSuccess", {}, "No function writes"],
    ["Dapanoskop", "CollectSuccess", { FunctionName: "dapanoskop-session" }, "No function writes"],
    ["AWS/Lambda", "Errors", { FunctionName: "collect" }, "The system has nothing"],
    ["AWS/Lambda", "Crashes", { FunctionName: "dapanoskop-collect" }, "AWS has no metric"],
  ])("could use the metric %s %s %o: %s", (namespace, name, dimensions, reason) => {
    expect(unwritten(namespace, name, dimensions)).toEqual(
      reason === null ? null : expect.stringContaining(reason),
    );
  });

  it.each(Object.entries(OVERDUE))("%s is raised after %i hours without the metric", (key, hours) => {
    const { args } = theAlarm(key);
    expect((Number(args.period) * Number(args.evaluation_periods)) / 3600).toBe(hours);
    expect(args).toMatchObject({
      treat_missing_data: "breaching",
      comparison_operator: "LessThanThreshold",
      threshold: 1,
      statistic: "Sum",
      // One success in the window is enough.
      datapoints_to_alarm: args.evaluation_periods,
    });
  });

  it.each(Object.entries(FAILURES))(
    "%s is raised by the first value above its threshold",
    (key, [metric_name, dimensions, threshold = 0]) => {
      expect(theAlarm(key).args).toMatchObject({
        metric_name,
        dimensions,
        treat_missing_data: "notBreaching",
        comparison_operator: "GreaterThanThreshold",
        statistic: /Duration|Visible/.test(metric_name) ? "Maximum" : "Sum",
        threshold,
      });
    },
  );

  it("of the report exist with a report alone, those of mails with mails alone, those of the API with it alone", () => {
    const keys = (inputs: Parameters<typeof system>[0]) =>
      ofType(system({ alarm_email: "finops@example.com", ...inputs }), "aws_cloudwatch_metric_alarm")
        .map(keyOf)
        .filter((key) => /report|state-|^mail|^api-|^budget/.test(key));
    expect(keys({})).toEqual([]);
    expect(keys({ report_topic_arn: TOPIC })).toHaveLength(13);
    expect(keys(reporting)).toHaveLength(16);
    expect(keys({ api_enabled: true })).toEqual(["api-errors", "api-function-errors", "api-throttles"]);
    expect(ofType(system(reporting), "aws_cloudwatch_metric_alarm")).toEqual([]);
  });

  it("on no report expects a run alone where nobody gets one every day", () => {
    const overdueOf = (inputs: Parameters<typeof system>[0]) => {
      const from = system({ alarm_email: "finops@example.com", ...inputs });
      const { metric_name, statistic } = the(
        from,
        'aws_cloudwatch_metric_alarm.report_overdue["no-report"]',
      ).args;
      return [metric_name, statistic];
    };
    const audience = (schedule?: string) =>
      overdueOf({
        report_audiences: JSON.stringify([{ name: "a", channel: "sns", topic_arn: TOPIC, schedule }]),
      });
    const [delivered, checked] = [
      ["ReportsDelivered", "Sum"],
      ["ReportsMissing", "SampleCount"],
    ];
    expect([audience(), audience("daily"), overdueOf({ report_topic_arn: TOPIC })]).toEqual(
      Array(3).fill(delivered),
    );
    expect([audience("weekly"), audience("anomalies")]).toEqual(Array(2).fill(checked));
  });

  it("each have an entry in the runbook", () => {
    const runbook = readFileSync(new URL("../../docs/runbook.md", import.meta.url), "utf8");
    const headings = [...runbook.matchAll(/^### (.+)$/gm)].flatMap(([, names = ""]) => names.split(", "));
    expect(headings.sort()).toEqual(alarms.map(keyOf).sort());
  });

  it.each(alarms.map((alarm) => [keyOf(alarm), alarm] as const))(
    "%s has a description that ends with its entry in the runbook, in CloudWatch's 1,024 characters",
    (key, { args }) => {
      expect(String(args.alarm_description)).toMatch(
        new RegExp(`[.?] What to do: docs/runbook\\.md, ${key}\\.$`),
      );
      expect(String(args.alarm_description).length).toBeLessThanOrEqual(1_024);
    },
  );

  it.each(alarms.map((alarm) => [keyOf(alarm), alarm] as const))(
    "%s has a window that CloudWatch accepts, and notifies the topic of its region about begin and end",
    (_, { name, args, provider }) => {
      const period = Number(args.period);
      expect(period % 60).toBe(0);
      // A day, or seven days for periods of an hour or more.
      expect(period * Number(args.evaluation_periods)).toBeLessThanOrEqual(period < 3600 ? 86_400 : 604_800);
      expect(Number(args.datapoints_to_alarm ?? 1)).toBeLessThanOrEqual(Number(args.evaluation_periods));
      const topic = name === "billing" ? "billing" : "alarms";
      expect([args.alarm_actions, args.ok_actions]).toEqual(Array(2).fill([`aws_sns_topic.${topic}.arn`]));
      expect(the(made, `aws_sns_topic.${topic}`).provider).toBe(provider);
      expect(provider).toBe(topic === "billing" ? "aws.us_east_1" : null);
    },
  );

  it("compare the account's bill with two sums of the adopter's", () => {
    const thresholds = (from: typeof made) =>
      ["early", "late"].map(
        (key) => the(from, `aws_cloudwatch_metric_alarm.billing["${key}"]`).args.threshold,
      );
    expect(thresholds(made)).toEqual([25, 50]);
    expect(thresholds(system({ ...everything, billing_alarm_thresholds_usd: [100, 200] }))).toEqual([
      100, 200,
    ]);
  });

  it("have a budget of AWS Budgets beside them where billing alerts cannot be enabled, with the same amounts", () => {
    const inputs = { alarm_email: "finops@example.com", billing_alarm_thresholds_usd: [400, 800] } as const;
    expect(ofType(system(inputs), "aws_budgets_budget")).toEqual([]);
    const budget = the(system({ ...inputs, billing_budget_enabled: true }), "aws_budgets_budget.bill").args;
    const notification = (threshold: number) => ({
      comparison_operator: "GREATER_THAN",
      threshold,
      threshold_type: "ABSOLUTE_VALUE",
      notification_type: "ACTUAL",
      subscriber_email_addresses: ["finops@example.com"],
    });
    expect(budget).toMatchObject({
      name: "dapanoskop-bill",
      time_unit: "MONTHLY",
      limit_amount: "800",
      notification: [notification(400), notification(800)],
    });
    expect(ofType(system({ billing_budget_enabled: true }), "aws_budgets_budget")).toEqual([]);
  });

  it("of overdue runs are no reason to keep a schedule: schedule_enabled pauses collector and report", () => {
    const states = (inputs: Parameters<typeof system>[0]) =>
      ofType(system({ ...reporting, ...inputs }), "aws_cloudwatch_event_rule").map(({ args }) => args.state);
    expect(states({})).toEqual(["ENABLED", "ENABLED"]);
    expect(states({ schedule_enabled: false })).toEqual(["DISABLED", "DISABLED"]);
  });

  it("do not exist without alarm_email, nor do their topics and keys", () => {
    expect(system().resources.filter(({ type }) => /sns|metric_alarm/.test(type))).toEqual([]);
    expect(ofType(system(), "aws_kms_key").map(({ name }) => name)).toEqual(["signing"]);
  });
});

describe("the dashboard", () => {
  const { widgets } = JSON.parse(
    String(the(made, "aws_cloudwatch_dashboard.overview").args.dashboard_body),
  ) as {
    readonly widgets: readonly {
      readonly type: string;
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly properties: { readonly metrics?: readonly (readonly string[])[]; readonly query?: string };
    }[];
  };

  it("shows metrics that a function or AWS writes", () => {
    const metrics = widgets.flatMap(({ properties }) => properties.metrics ?? []);
    const reasons = metrics.map(([namespace, name, key = "", value = "", ...more]) => {
      expect(more).toEqual([]);
      return unwritten(namespace, name, { [key]: value });
    });
    expect(reasons.filter((reason) => reason !== null)).toEqual([]);
    expect(metrics.length).toBeGreaterThan(8);
  });

  it("queries the logs of all functions for errors, and exists without alarms, too", () => {
    const queries = widgets.filter(({ type }) => type === "log").map(({ properties }) => properties.query);
    expect(queries).toEqual([
      expect.stringContaining(
        "SOURCE '/aws/lambda/dapanoskop-collect' | SOURCE '/aws/lambda/dapanoskop-session'",
      ),
      expect.stringContaining("SOURCE '/aws/lambda/dapanoskop-report'"),
      expect.stringContaining("SOURCE '/aws/lambda/dapanoskop-api'"),
    ]);
    for (const query of queries) expect(query).toContain("filter level in ['error', 'warn']");
    expect(ofType(system(), "aws_cloudwatch_dashboard")).toHaveLength(1);
    expect(made.outputs.dashboard_url).toBe(
      "https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#dashboards/dashboard/dapanoskop",
    );
  });

  it("has nothing of the report and of the API without them", () => {
    const { args } = the(system({ report_sender: "costs@example.com" }), "aws_cloudwatch_dashboard.overview");
    expect(String(args.dashboard_body)).not.toMatch(/-report|-api|ApiGateway/);
  });

  it("has its widgets on a grid of 24 columns, none over another", () => {
    const cells = widgets.flatMap(({ x, y, width, height }) =>
      Array.from({ length: width * height }, (_, at) => `${x + (at % width)},${y + Math.floor(at / width)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    for (const { x, width } of widgets) expect(x + width).toBeLessThanOrEqual(24);
  });
});

describe("logs", () => {
  it("are kept for log_retention_days, those of the report and the API for 30 days, in the group that the function writes to", () => {
    const kept = system({ ...reporting, api_enabled: true, log_retention_days: 365 });
    expect(ofType(kept, "aws_cloudwatch_log_group").map(({ args }) => args)).toEqual([
      { name: "/aws/lambda/dapanoskop-collect", retention_in_days: 365 },
      { name: "/aws/lambda/dapanoskop-session", retention_in_days: 365 },
      { name: "/aws/lambda/dapanoskop-api", retention_in_days: 30 },
      { name: "/aws/vendedlogs/dapanoskop-api", retention_in_days: 30 },
      { name: "/aws/lambda/dapanoskop-report", retention_in_days: 30 },
      { name: "/aws/lambda/dapanoskop-mail-events", retention_in_days: 30 },
    ]);
    for (const { args } of ofType(kept, "aws_lambda_function")) {
      expect(args.logging_config).toEqual([
        // Lambda's JSON format would wrap our lines, which are JSON already, and CloudWatch would find no metric.
        { log_format: "Text", log_group: `/aws/lambda/${args.function_name}` },
      ]);
      expect(args.tracing_config).toEqual([{ mode: "Active" }]);
    }
    expect(ofType(system(), "aws_cloudwatch_log_group")).toHaveLength(2);
  });
});
