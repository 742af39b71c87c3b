import type * as Aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";
import type { DeployedApi } from "./api.ts";
import { HOUR_SECONDS, METRIC_NAMESPACE, type MonitoredFunctions } from "./metrics.ts";
import type { Condition, LambdaFunction, Platform } from "./platform.ts";
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

/** Charts of collections, their price and errors, and the errors in the logs; the same of the report and of the API. */
export function createDashboard(platform: Platform, functions: MonitoredFunctions): void {
  const { aws, text, json, region, concat } = platform;
  const charts = platform.map(
    "charts",
    chartsOf(platform, functions),
    ({ x, y, title, stat, period, metrics }) => ({
      ...{ type: "metric", x, y, ...CHART },
      properties: { title, stat, period, metrics, region, view: "timeSeries" },
    }),
    { stat: "Sum", period: HOUR_SECONDS, shown: true },
    ({ shown }) => shown,
  );
  const logs = platform.map(
    "error_logs",
    logsOf(platform, functions),
    ({ y, title, sources, fields }) => ({
      ...{ type: "log", x: 0, y, ...LOG },
      properties: {
        title,
        region,
        view: "table",
        query: text`${sources} | filter level in ['error', 'warn'] | fields @timestamp, level, message, ${fields} | sort @timestamp desc | limit 100`,
      },
    }),
    { shown: true },
    ({ shown }) => shown,
  );
  const hosts = platform.local("console_hosts", CONSOLE_HOSTS);
  const dashboard = new aws.cloudwatch.Dashboard("overview", {
    dashboardName: platform.inputs.name_prefix,
    dashboardBody: json({ widgets: concat<object>(charts, logs) }),
  });
  platform.output(
    "dashboard_url",
    "The CloudWatch dashboard of this deployment: collections, their price, errors in the logs.",
    text`https://${region}.${platform.element(hosts, platform.partition)}/cloudwatch/home?region=${region}#dashboards/dashboard/${dashboard.dashboardName}`,
  );
}

interface LogWidget {
  readonly y: number;
  readonly title: string;
  readonly sources: Input<string>;
  /** Of a line, beside those that every line has. */
  readonly fields: string;
  readonly shown?: Condition;
}

const logsOf = (
  { inputs, text }: Platform,
  { pipeline, auth, report }: MonitoredFunctions,
): readonly LogWidget[] => {
  // By its name as a text, which exists where the group does not.
  const named = (name: string) => text`SOURCE '/aws/lambda/${inputs.name_prefix}-${name}'`;
  return [
    {
      y: 2 * CHART.height,
      title: "Errors and warnings",
      sources: text`SOURCE '${pipeline.logGroup.name}' | SOURCE '${auth.logGroup.name}'`,
      fields: "reason, run_id",
    },
    {
      y: BELOW + CHART.height,
      title: "Errors and warnings of the report",
      sources: named("report"),
      fields: "report, attempt, outcome, duration_ms",
      shown: report.isWanted,
    },
    {
      y: BELOW_REPORT + CHART.height,
      title: "Errors and warnings of the API",
      sources: named("api"),
      fields: "reason, status",
      shown: inputs.api_enabled,
    },
  ];
};

interface Chart {
  readonly x: number;
  readonly y: number;
  readonly title: string;
  readonly stat?: "Sum" | "Maximum";
  readonly period?: number;
  readonly metrics: readonly (readonly Input<string>[])[];
  readonly shown?: Condition;
}

type PlacelessChart = Omit<Chart, "x" | "y" | "shown">;
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
  ({ title, period: DAY_SECONDS, metrics }) as const;
const hourly = (title: string, ...metrics: readonly MetricPath[]) => ({ title, metrics }) as const;

/** Charts by the cells that they are in, from a row downwards. */
const placed = (
  top: number,
  charts: readonly PlacelessChart[],
  shown: Pick<Chart, "shown">,
): readonly Chart[] =>
  charts.map((chart, at) => ({
    x: (at % 3) * CHART.width,
    y: top + Math.floor(at / 3) * CHART.height,
    ...chart,
    ...shown,
  }));

const chartsOf = ({ inputs }: Platform, functions: MonitoredFunctions): readonly Chart[] => {
  const { report, api } = functions;
  return [
    ...placed(0, collectionCharts(functions), {}),
    ...(report.daily === null ? [] : placed(BELOW, reportCharts(report.daily), { shown: report.isWanted })),
    ...(api === null ? [] : placed(BELOW_REPORT, apiCharts(api), { shown: inputs.api_enabled })),
  ];
};

function reportCharts({ lambda, deadLetters, state }: DailyReport): readonly PlacelessChart[] {
  const own = (name: string) => metric(lambda, name, METRIC_NAMESPACE);
  const throttles = (name: string): MetricPath => ["AWS/DynamoDB", name, "TableName", state.name];
  return [
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
  ];
}

function apiCharts({ gateway, lambda }: DeployedApi): readonly PlacelessChart[] {
  const ofGateway = (name: string): MetricPath => ["AWS/ApiGateway", name, "ApiId", gateway.id];
  return [
    hourly("Requests to the API", ...["Count", "4xx", "5xx"].map(ofGateway)),
    { ...hourly("Slowest answer of the API, in ms", ofGateway("Latency")), stat: "Maximum" },
    hourly("Errors and throttles of the API", metric(lambda, "Errors"), metric(lambda, "Throttles")),
  ];
}

function collectionCharts({ pipeline, auth }: MonitoredFunctions): readonly PlacelessChart[] {
  const own = (name: string) => metric(pipeline.lambda, name, METRIC_NAMESPACE);
  const errors = [
    metric(pipeline.lambda, "Errors"),
    metric(pipeline.lambda, "Throttles"),
    metric(auth.lambda, "Url5xxCount"),
    metric(auth.lambda, "Throttles"),
  ];
  return [
    daily("Successful collections", own("CollectSuccess"), own("MonthsPublished"), own("MonthsQuarantined")),
    daily("Price of Cost Explorer requests, in USD", own("RequestPriceUSD"), own("RequestPages")),
    { ...daily("Duration of a collection, in ms", own("Duration")), stat: "Maximum" },
    hourly("Errors and throttles", ...errors),
    { ...hourly("Dead letters", messagesIn(pipeline.deadLetters)), stat: "Maximum" },
    hourly("Sessions opened, renewed, closed", metric(auth.lambda, "Invocations")),
  ];
}
