import type * as Aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import type { DeployedApi } from "./api.ts";
import { HOUR_SECONDS, METRIC_NAMESPACE, type MonitoredFunctions } from "./metrics.ts";
import type { LambdaFunction, Platform } from "./platform.ts";
import type { DailyReport } from "./report.ts";

const DAY_SECONDS = 24 * HOUR_SECONDS;

/** The dashboard has three charts in a row; widths and heights are in cells of CloudWatch's grid, which is 24 wide. */
const CHART = { width: 8, height: 6 };
const LOG = { width: 24, height: 8 };
/** The row below the widgets that every deployment has: two rows of charts, and a log. */
const BELOW = 2 * CHART.height + LOG.height;

/** Below the row and the log of the report, whether or not there is one. */
const BELOW_REPORT = BELOW + CHART.height + LOG.height;

/** The hosts of the console, by the partition. */
const CONSOLE_HOSTS = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

/** Charts of collections, their price and errors, and the errors in the logs; the same of the report, where there is one. */
export function createDashboard(platform: Platform, functions: MonitoredFunctions): void {
  const { aws, inputs, text, json, region, concat } = platform;
  const charts = (name: string, rows: readonly Chart[]) =>
    platform.map(name, rows, ({ x, y, ...properties }) => ({
      type: "metric",
      x,
      y,
      ...CHART,
      properties: { ...properties, region, view: "timeSeries" },
    }));
  const log = (y: number, title: string, sources: Input<string>, fields: string) => ({
    type: "log",
    x: 0,
    y,
    ...LOG,
    properties: {
      title,
      region,
      view: "table",
      query: text`${sources} | filter level in ['error', 'warn'] | fields @timestamp, level, message, ${fields} | sort @timestamp desc | limit 100`,
    },
  });
  const { pipeline, auth, report, api } = functions;
  const both = text`SOURCE '${pipeline.logGroup.name}' | SOURCE '${auth.logGroup.name}'`;
  const ofReport = (daily: DailyReport) =>
    concat<object>(charts("report_charts", reportChartsOf(daily)), [
      log(
        BELOW + CHART.height,
        "Errors and warnings of the report",
        // By its name as a text, which exists where the group does not.
        text`SOURCE '/aws/lambda/${inputs.name_prefix}-report'`,
        "report, attempt, outcome, duration_ms",
      ),
    ]);
  const ofApi = (one: DeployedApi) =>
    concat<object>(charts("api_charts", apiChartsOf(one)), [
      log(
        BELOW_REPORT + CHART.height,
        "Errors and warnings of the API",
        text`SOURCE '/aws/lambda/${inputs.name_prefix}-api'`,
        "reason, status",
      ),
    ]);
  const hosts = platform.local("console_hosts", CONSOLE_HOSTS);
  const dashboard = new aws.cloudwatch.Dashboard("overview", {
    dashboardName: inputs.name_prefix,
    dashboardBody: json({
      widgets: concat<object>(
        charts("charts", chartsOf(functions)),
        [log(2 * CHART.height, "Errors and warnings", both, "reason, run_id")],
        report.daily === null ? [] : platform.listWhen(report.isWanted, ofReport(report.daily)),
        api === null ? [] : platform.listWhen(inputs.api_enabled, ofApi(api)),
      ),
    }),
  });
  platform.output(
    "dashboard_url",
    "The CloudWatch dashboard of this deployment: collections, their price, errors in the logs.",
    text`https://${region}.${platform.element(hosts, platform.partition)}/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboard.dashboardName}`,
  );
}

interface Chart {
  readonly x: number;
  readonly y: number;
  readonly title: string;
  readonly stat: "Sum" | "Maximum";
  readonly period: number;
  readonly metrics: readonly (readonly Input<string>[])[];
}

type MetricPath = Chart["metrics"][number];

const metric = (lambda: LambdaFunction, name: string, namespace = "AWS/Lambda"): MetricPath => [
  namespace,
  name,
  "FunctionName",
  lambda.name,
];
const messagesIn = (queue: Aws.sqs.Queue): MetricPath => [
  "AWS/SQS",
  "ApproximateNumberOfMessagesVisible",
  "QueueName",
  queue.name,
];
const daily = (title: string, ...metrics: readonly MetricPath[]) =>
  ({ title, stat: "Sum", period: DAY_SECONDS, metrics }) as const;
const hourly = (title: string, ...metrics: readonly MetricPath[]) =>
  ({ title, stat: "Sum", period: HOUR_SECONDS, metrics }) as const;

/** Charts by the cells that they are in, from a row downwards. */
const placed = (top: number, charts: readonly Omit<Chart, "x" | "y">[]): readonly Chart[] =>
  charts.map((chart, at) => ({
    x: (at % 3) * CHART.width,
    y: top + Math.floor(at / 3) * CHART.height,
    ...chart,
  }));

function reportChartsOf({ lambda, deadLetters, state }: DailyReport): readonly Chart[] {
  const own = (name: string) => metric(lambda, name, METRIC_NAMESPACE);
  const throttles = (name: string): MetricPath => ["AWS/DynamoDB", name, "TableName", state.name];
  return placed(BELOW, [
    daily(
      "Reports delivered, failed, unknown, missing; alerts of budgets",
      ...["ReportsDelivered", "ReportsFailed", "ReportsUnknown", "ReportsMissing"].map(own),
      ...["BudgetAlertsDelivered", "BudgetAlertsUndelivered", "BudgetsUnknown"].map(own),
    ),
    { ...daily("Duration of the report, in ms", metric(lambda, "Duration")), stat: "Maximum" },
    hourly(
      "Errors, throttles and dead letters of the report",
      metric(lambda, "Errors"),
      metric(lambda, "Throttles"),
      throttles("ReadThrottleEvents"),
      throttles("WriteThrottleEvents"),
      messagesIn(deadLetters),
    ),
  ]);
}

function apiChartsOf({ gateway, lambda }: DeployedApi): readonly Chart[] {
  const ofGateway = (name: string): MetricPath => ["AWS/ApiGateway", name, "ApiId", gateway.id];
  return placed(BELOW_REPORT, [
    hourly("Requests to the API", ...["Count", "4xx", "5xx"].map(ofGateway)),
    { ...hourly("Slowest answer of the API, in ms", ofGateway("Latency")), stat: "Maximum" },
    hourly("Errors and throttles of the API", metric(lambda, "Errors"), metric(lambda, "Throttles")),
  ]);
}

function chartsOf({ pipeline, auth }: MonitoredFunctions): readonly Chart[] {
  const own = (name: string) => metric(pipeline.lambda, name, METRIC_NAMESPACE);
  const errors = [
    metric(pipeline.lambda, "Errors"),
    metric(pipeline.lambda, "Throttles"),
    metric(auth.lambda, "Url5xxCount"),
    metric(auth.lambda, "Throttles"),
  ];
  return placed(0, [
    daily("Successful collections", own("CollectSuccess"), own("MonthsPublished"), own("MonthsQuarantined")),
    daily("Price of Cost Explorer requests, in USD", own("RequestPriceUSD"), own("RequestPages")),
    { ...daily("Duration of a collection, in ms", own("Duration")), stat: "Maximum" },
    hourly("Errors and throttles", ...errors),
    { ...hourly("Dead letters", messagesIn(pipeline.deadLetters)), stat: "Maximum" },
    hourly("Sessions opened, renewed, closed", metric(auth.lambda, "Invocations")),
  ]);
}
