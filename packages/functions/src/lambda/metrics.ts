/** A figure of one invocation, in one of CloudWatch's units. */
export interface Metric {
  readonly name: string;
  readonly unit: "Count" | "Milliseconds" | "None";
  readonly value: number;
}

export const NAMESPACE = "Dapanoskop";

/**
 * A line in CloudWatch's embedded metric format: written to the log it becomes metrics without a request. CloudWatch
 * reads it only when the line has nothing else.
 *
 * There is one dimension, so that the alarms of two deployments in an account are separate. A metric costs
 * $0.30 a month when it is written every hour; written once a day, some ten of them come to $0.13.
 * @param at milliseconds since 1970: of now, since CloudWatch drops what is older than two weeks
 */
export function metricLine(functionName: string, metrics: readonly Metric[], at: number): string {
  const directive = {
    Namespace: NAMESPACE,
    Dimensions: [["FunctionName"]],
    Metrics: metrics.map(({ name, unit }) => ({ Name: name, Unit: unit })),
  };
  return JSON.stringify({
    level: "info",
    message: "Metrics of this invocation.",
    _aws: { Timestamp: at, CloudWatchMetrics: [directive] },
    FunctionName: functionName,
    ...Object.fromEntries(metrics.map(({ name, value }) => [name, value])),
  });
}
