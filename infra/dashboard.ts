import type { Input } from "@pulumi/pulumi";
import { HOUR_SECONDS, METRIC_NAMESPACE, type MonitoredFunctions } from "./metrics.ts";
import type { LambdaFunction, Platform } from "./platform.ts";

const DAY_SECONDS = 24 * HOUR_SECONDS;

/** The dashboard has three charts in a row; widths and heights are in cells of CloudWatch's grid, which is 24 wide. */
const CHART = { width: 8, height: 6 };

/** The hosts of the console, by the partition. */
const CONSOLE_HOSTS = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

/** Charts of collections, their price and errors, and the errors in the logs of both functions. */
export function createDashboard(platform: Platform, functions: MonitoredFunctions): void {
  const { aws, inputs, text, json, region, concat } = platform;
  const charts = platform.map("charts", chartsOf(functions), ({ x, y, ...properties }) => ({
    type: "metric",
    x,
    y,
    ...CHART,
    properties: { ...properties, region, view: "timeSeries" },
  }));
  const log = {
    type: "log",
    x: 0,
    y: 12,
    width: 24,
    height: 8,
    properties: {
      title: "Errors and warnings",
      region,
      view: "table",
      query: text`SOURCE '${functions.pipeline.logGroup.name}' | SOURCE '${functions.auth.logGroup.name}' | filter level in ['error', 'warn'] | fields @timestamp, level, message, reason, run_id | sort @timestamp desc | limit 100`,
    },
  };
  const hosts = platform.local("console_hosts", CONSOLE_HOSTS);
  const dashboard = new aws.cloudwatch.Dashboard("overview", {
    dashboardName: inputs.name_prefix,
    dashboardBody: json({ widgets: concat<object>(charts, [log]) }),
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

function chartsOf({ pipeline, auth }: MonitoredFunctions): readonly Chart[] {
  type MetricPath = Chart["metrics"][number];
  const metric = (lambda: LambdaFunction, name: string, namespace = "AWS/Lambda"): MetricPath => [
    namespace,
    name,
    "FunctionName",
    lambda.name,
  ];
  const own = (name: string) => metric(pipeline.lambda, name, METRIC_NAMESPACE);
  const deadLetters = [
    "AWS/SQS",
    "ApproximateNumberOfMessagesVisible",
    "QueueName",
    pipeline.deadLetters.name,
  ];
  const errors = [
    metric(pipeline.lambda, "Errors"),
    metric(pipeline.lambda, "Throttles"),
    metric(auth.lambda, "Url5xxCount"),
    metric(auth.lambda, "Throttles"),
  ];
  const daily = (title: string, ...metrics: readonly MetricPath[]) =>
    ({ title, stat: "Sum", period: DAY_SECONDS, metrics }) as const;
  const hourly = (title: string, ...metrics: readonly MetricPath[]) =>
    ({ title, stat: "Sum", period: HOUR_SECONDS, metrics }) as const;
  return [
    daily("Successful collections", own("CollectSuccess"), own("MonthsPublished"), own("MonthsQuarantined")),
    daily("Price of Cost Explorer requests, in USD", own("RequestPriceUSD"), own("RequestPages")),
    { ...daily("Duration of a collection, in ms", own("Duration")), stat: "Maximum" as const },
    hourly("Errors and throttles", ...errors),
    { ...hourly("Dead letters", deadLetters), stat: "Maximum" as const },
    hourly("Sessions opened, renewed, closed", metric(auth.lambda, "Invocations")),
  ].map((chart, at) => ({
    x: (at % 3) * CHART.width,
    y: Math.floor(at / 3) * CHART.height,
    ...chart,
  }));
}
