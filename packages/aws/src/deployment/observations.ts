import {
  CloudWatchClient,
  CloudWatchServiceException,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
} from "@aws-sdk/client-cloudwatch";
import { ask, clientOf, type DeploymentAccess } from "./request.ts";

/** An alarm of the deployment. */
export interface Alarm {
  readonly name: string;
  readonly state: "OK" | "ALARM" | "INSUFFICIENT_DATA";
  readonly description: string;
}

/** Values of a metric that a function writes, oldest first. */
export interface MetricPoint {
  /** Milliseconds since 1970: the begin of the period. */
  readonly at: number;
  readonly value: number;
}

/** What CloudWatch has about a deployment. */
export interface Observations {
  /** The alarms whose names begin so. @throws DeploymentError */
  alarms(prefix: string): Promise<readonly Alarm[]>;
  /** The sums of one of our metrics, of each period that has one. @throws DeploymentError */
  metric(query: MetricQuery): Promise<readonly MetricPoint[]>;
}

export interface MetricQuery {
  readonly name: string;
  readonly functionName: string;
  readonly periodSeconds: number;
  /** Milliseconds since 1970, end excluded. */
  readonly from: number;
  readonly to: number;
}

/** The namespace of the metrics that our functions write. */
const NAMESPACE = "Dapanoskop";

export function observations(access: DeploymentAccess): Observations {
  const client = new CloudWatchClient(clientOf(access));
  const of = { service: "CloudWatch", errors: CloudWatchServiceException };
  return {
    async alarms(prefix) {
      const found: Alarm[] = [];
      let token: string | undefined;
      do {
        const command = new DescribeAlarmsCommand({
          AlarmNamePrefix: prefix,
          ...(token === undefined ? {} : { NextToken: token }),
        });
        const answer = await ask(
          { ...of, what: `read the alarms ${prefix}*`, permission: "cloudwatch:DescribeAlarms" },
          (options) => client.send(command, options),
        );
        for (const { AlarmName, StateValue, AlarmDescription } of answer?.MetricAlarms ?? []) {
          found.push({
            name: AlarmName ?? "",
            state: StateValue ?? "INSUFFICIENT_DATA",
            description: AlarmDescription ?? "",
          });
        }
        token = answer?.NextToken;
      } while (token !== undefined && token !== "");
      return found;
    },
    async metric({ name, functionName, periodSeconds, from, to }) {
      const command = new GetMetricDataCommand({
        StartTime: new Date(from),
        EndTime: new Date(to),
        ScanBy: "TimestampAscending",
        MetricDataQueries: [
          {
            Id: "m",
            MetricStat: {
              Metric: {
                Namespace: NAMESPACE,
                MetricName: name,
                Dimensions: [{ Name: "FunctionName", Value: functionName }],
              },
              Period: periodSeconds,
              Stat: "Sum",
            },
          },
        ],
      });
      const answer = await ask(
        { ...of, what: `read the metric ${name} of ${functionName}`, permission: "cloudwatch:GetMetricData" },
        (options) => client.send(command, options),
      );
      const { Timestamps = [], Values = [] } = answer?.MetricDataResults?.[0] ?? {};
      const points = Timestamps.map((time, at) => ({ at: time.getTime(), value: Values[at] ?? 0 }));
      return points.sort((one, other) => one.at - other.at);
    },
  };
}
