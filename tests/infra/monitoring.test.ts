import { describe, expect, it } from "vitest";
import { resultMetrics, runMetrics } from "../../packages/functions/src/collect/collect-telemetry.ts";
import { metricLine } from "../../packages/functions/src/lambda/metrics.ts";
import type { EvaluatedResource, PlainObject } from "../../packages/terraform/src/evaluate.ts";
import { everything, ofType, system, the } from "./support/the-system.ts";

const made = system(everything);
const alarms = ofType(made, "aws_cloudwatch_metric_alarm");
const alarm = (name: string): PlainObject => the(made, `aws_cloudwatch_metric_alarm.${name}`).args;
const failure = (key: string) => alarm(`failure["${key}"]`);
const overdue = (key: string) => alarm(`overdue["${key}"]`);
const keyOf = ({ name, key }: EvaluatedResource) => (name === "billing" ? `billing-${key}` : key);

/** What the collector writes of itself, as CloudWatch reads it. */
const written = (() => {
  const requests = { pages: 7, other: 1, priceUsd: 0.08 };
  const months = [{ period: "2026-02", outcome: "published", why: null }] as const;
  const result = { months, warnings: [], requests, generation: 1 } as unknown as Parameters<
    typeof resultMetrics
  >[0];
  const { _aws, ...values } = JSON.parse(
    metricLine(
      "dapanoskop-collect",
      [...resultMetrics(result, true, 1), ...runMetrics(requests, true, 1)],
      0,
    ),
  );
  const [directive] = _aws.CloudWatchMetrics;
  return {
    namespace: directive.Namespace as string,
    names: directive.Metrics.map(({ Name }: { Name: string }) => Name) as readonly string[],
    dimensions: Object.fromEntries(
      directive.Dimensions.flat().map((name: string) => [name, values[name]]),
    ) as Readonly<Record<string, string>>,
  };
})();

/** Metrics that AWS itself writes, and what each goes by. */
const AWS_METRICS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "AWS/Lambda": {
    Errors: ["FunctionName"],
    Throttles: ["FunctionName"],
    Invocations: ["FunctionName"],
    Url5xxCount: ["FunctionName"],
  },
  "AWS/SQS": { ApproximateNumberOfMessagesVisible: ["QueueName"] },
  "AWS/Billing": { EstimatedCharges: ["Currency"] },
};

/** Names that dimensions may have, read off what is made. */
const named: Readonly<Record<string, readonly unknown[]>> = {
  FunctionName: ofType(made, "aws_lambda_function").map(({ args }) => args.function_name),
  QueueName: ofType(made, "aws_sqs_queue").map(({ args }) => args.name),
  Currency: ["USD"],
};

/** What is wrong with a metric that somebody looks at; `null` when it is one that is written. */
function unwritten(
  namespace: unknown,
  name: unknown,
  dimensions: Readonly<Record<string, unknown>>,
): string | null {
  const shown = `${namespace} ${name} ${JSON.stringify(dimensions)}`;
  if (namespace === written.namespace) {
    const isSame = JSON.stringify(dimensions) === JSON.stringify(written.dimensions);
    return written.names.includes(String(name)) && isSame ? null : `${shown} is written by no function.`;
  }
  const keys = AWS_METRICS[String(namespace)]?.[String(name)];
  if (keys === undefined) return `${shown} is no metric of AWS that these tests know.`;
  const isOurs = Object.entries(dimensions).every(([key, value]) => named[key]?.includes(value));
  return isOurs && JSON.stringify(Object.keys(dimensions)) === JSON.stringify(keys)
    ? null
    : `${shown} is of nothing that is made.`;
}

describe("alarms", () => {
  it("watch metrics that somebody writes, by the same dimension", () => {
    const wrong = alarms.map(({ args }) =>
      unwritten(args.namespace, args.metric_name, args.dimensions as PlainObject),
    );
    expect(wrong.filter((sentence) => sentence !== null)).toEqual([]);
  });

  it("would be found out if they watched another name, dimension or function", () => {
    const ours = { FunctionName: "dapanoskop-collect" };
    expect(unwritten("Dapanoskop", "CollectSuccess", ours)).toBeNull();
    expect(unwritten("Dapanoskop", "CollectSucces", ours)).toContain("is written by no function");
    expect(unwritten("Dapanoskop", "CollectSuccess", {})).toContain("is written by no function");
    expect(unwritten("Dapanoskop", "CollectSuccess", { FunctionName: "dapanoskop-session" })).toContain(
      "by no function",
    );
    expect(unwritten("AWS/Lambda", "Errors", { FunctionName: "collect" })).toContain(
      "is of nothing that is made",
    );
    expect(unwritten("AWS/Lambda", "Crashes", ours)).toContain("is no metric of AWS");
  });

  it("are these, each with its sentence", () => {
    expect(alarms.map(keyOf).sort()).toEqual([
      "billing-early",
      "billing-late",
      "collect-errors",
      "collect-throttles",
      "dead-letters",
      "months-quarantined",
      "no-success",
      "session-errors",
      "session-throttles",
      "stale-data",
    ]);
    for (const { args } of alarms) expect(String(args.alarm_description)).toMatch(/^[A-Z].+[.?]$/);
  });

  it("hear of a session function that answers 503 and does not crash, and of a collector that crashes", () => {
    const watched = (key: string) => [failure(key).metric_name, failure(key).dimensions];
    expect(watched("session-errors")).toEqual(["Url5xxCount", { FunctionName: "dapanoskop-session" }]);
    expect(watched("collect-errors")).toEqual(["Errors", { FunctionName: "dapanoskop-collect" }]);
  });

  it("take silence for bad news where something must be seen: a success in 26 hours, figures in 50", () => {
    const inHours = ({ period, evaluation_periods }: PlainObject) =>
      (Number(period) * Number(evaluation_periods)) / 3600;
    expect(inHours(overdue("no-success"))).toBe(26);
    expect(inHours(overdue("stale-data"))).toBe(50);
    for (const name of ["no-success", "stale-data"]) {
      expect(overdue(name)).toMatchObject({
        treat_missing_data: "breaching",
        comparison_operator: "LessThanThreshold",
        threshold: 1,
        statistic: "Sum",
      });
      // A single point within the window is good news: all of them have to be bad.
      expect(overdue(name).datapoints_to_alarm).toBe(overdue(name).evaluation_periods);
    }
  });

  it("take silence for good news where something must never be seen", () => {
    const never = alarms.filter(({ args }) => args.treat_missing_data === "notBreaching");
    expect(never.map(keyOf).sort()).toEqual([
      "collect-errors",
      "collect-throttles",
      "dead-letters",
      "months-quarantined",
      "session-errors",
      "session-throttles",
    ]);
    for (const { args } of never) {
      expect(args).toMatchObject({ comparison_operator: "GreaterThanThreshold", threshold: 0 });
    }
  });

  it("keep within what CloudWatch takes: whole minutes, a day, or seven days by the hour", () => {
    for (const { name, args } of alarms) {
      const period = Number(args.period);
      const window = period * Number(args.evaluation_periods);
      expect([name, period % 60]).toEqual([name, 0]);
      expect([name, window <= (period < 3600 ? 86_400 : 604_800)]).toEqual([name, true]);
      expect([name, Number(args.datapoints_to_alarm ?? 1) <= Number(args.evaluation_periods)]).toEqual([
        name,
        true,
      ]);
    }
  });

  it("tell the topic of their own region, when they begin and when they end", () => {
    for (const { name, args, provider } of alarms) {
      const topic = name === "billing" ? "billing" : "alarms";
      expect(args.alarm_actions).toEqual([`aws_sns_topic.${topic}.arn`]);
      expect(args.ok_actions).toEqual(args.alarm_actions);
      expect(the(made, `aws_sns_topic.${topic}`).provider).toBe(provider);
      expect(provider).toBe(topic === "billing" ? "aws.us_east_1" : null);
    }
  });

  it("are a safety net of two sums, the bill's own", () => {
    const thresholds = [alarm('billing["early"]').threshold, alarm('billing["late"]').threshold];
    expect(thresholds).toEqual([25, 50]);
    const chosen = system({ ...everything, billing_alarm_thresholds_usd: [100, 200] });
    expect(the(chosen, 'aws_cloudwatch_metric_alarm.billing["late"]').args.threshold).toBe(200);
  });

  it("are off without alarm_email, topics, keys and all", () => {
    const quiet = system().resources.filter(({ type }) => /sns|metric_alarm/.test(type));
    expect(quiet).toEqual([]);
    expect(ofType(system(), "aws_kms_key").map(({ name }) => name)).toEqual(["signing"]);
  });
});

describe("the dashboard", () => {
  interface Widget {
    readonly type: string;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
    readonly properties: {
      readonly region: string;
      readonly metrics?: readonly (readonly string[])[];
      readonly query?: string;
    };
  }
  const { widgets } = JSON.parse(
    String(the(made, "aws_cloudwatch_dashboard.overview").args.dashboard_body),
  ) as { widgets: readonly Widget[] };

  it("draws metrics that somebody writes", () => {
    const metrics = widgets.flatMap(({ properties }) => properties.metrics ?? []);
    const wrong = metrics.map(([namespace, name, ...pairs]) =>
      unwritten(
        namespace,
        name,
        Object.fromEntries(pairs.flatMap((key, at) => (at % 2 === 0 ? [[key, pairs[at + 1]]] : []))),
      ),
    );
    expect(wrong.filter((sentence) => sentence !== null)).toEqual([]);
    expect(metrics.length).toBeGreaterThan(8);
  });

  it("asks the logs of both functions for errors, and is there without alarms, too", () => {
    const query = widgets.find(({ type }) => type === "log")?.properties.query;
    expect(query).toContain(
      "SOURCE '/aws/lambda/dapanoskop-collect' | SOURCE '/aws/lambda/dapanoskop-session'",
    );
    expect(query).toContain("filter level in ['error', 'warn']");
    expect(ofType(system(), "aws_cloudwatch_dashboard")).toHaveLength(1);
    expect(made.outputs.dashboard_url).toBe(
      "https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#dashboards/dashboard/dapanoskop",
    );
  });

  it("lies on the grid of 24 columns, nothing over another", () => {
    const cells = widgets.flatMap(({ x, y, width, height }) =>
      Array.from({ length: width * height }, (_, at) => `${x + (at % width)},${y + Math.floor(at / width)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    for (const { x, width } of widgets) expect(x + width).toBeLessThanOrEqual(24);
  });
});

describe("logs", () => {
  it("are kept for as long as the adopter says, in the group that the function writes to", () => {
    const kept = system({ log_retention_days: 30 });
    expect(ofType(kept, "aws_cloudwatch_log_group").map(({ args }) => args)).toEqual([
      { name: "/aws/lambda/dapanoskop-collect", retention_in_days: 30 },
      { name: "/aws/lambda/dapanoskop-session", retention_in_days: 30 },
    ]);
    for (const { name, args } of ofType(kept, "aws_lambda_function")) {
      expect(args.logging_config).toEqual([
        // Lambda's own JSON would wrap the lines that are JSON already, and CloudWatch would see no metric.
        { log_format: "Text", log_group: `/aws/lambda/dapanoskop-${name}` },
      ]);
    }
    expect(ofType(system(everything), "aws_cloudwatch_log_group")).toHaveLength(2);
  });
});
