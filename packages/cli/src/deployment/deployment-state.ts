import type { Alarm, MetricPoint } from "@dapanoskop/aws/deployment";
import { type Day, type Instant, instantOf, type Month } from "@dapanoskop/core/calendar";
import { type Money, moneyFromNumber, sum } from "@dapanoskop/core/money";
import { counted } from "@dapanoskop/core/text";
import { readIndex, storeReader } from "@dapanoskop/dataset";
import { openStore } from "../store.ts";
import { nextRun } from "./next-run.ts";
import type { FoundDeployment } from "./open-deployment.ts";

/** How a deployment is. What is not known is `null`. */
export interface DeploymentState {
  readonly schedules: readonly {
    readonly name: string;
    readonly expression: string;
    readonly enabled: boolean;
    readonly nextRun: Instant | null;
  }[];
  /** The last collection of 14 days that wrote its metrics; its time is that of the five minutes in which it ended. */
  readonly lastRun: { readonly at: Instant; readonly succeeded: boolean } | null;
  readonly data: {
    readonly publishedAt: Instant;
    readonly ageHours: number;
    readonly months: readonly Month[];
    readonly completeThrough: Day | null;
  } | null;
  /** What the requests to Cost Explorer of the last 30 days cost; `null` without a run. */
  readonly requestPrice: Money<"USD"> | null;
  readonly alarms: readonly Alarm[];
  /** The page's host, from the settings of the deployment. */
  readonly host: string | null;
}

/** After so many hours data is old: as many as the alarm stale-data has. */
export const STALE_HOURS = 50;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Reads it all. Nothing is changed. @throws DeploymentError, StoreError, ParameterError */
export async function readDeploymentState(
  { names, place, found }: FoundDeployment,
  now: Instant,
): Promise<DeploymentState> {
  const { observations } = await import("@dapanoskop/aws/deployment");
  const here = observations({ region: place.region });
  const to = Date.parse(now);
  const metric = (name: string, periodSeconds: number, days: number) =>
    here.metric({ name, functionName: names.collectFunction, periodSeconds, from: to - days * DAY_MS, to });
  // The alarms on the bill are where AWS publishes it. In another partition there are none.
  const elsewhere =
    place.region === "us-east-1" || place.partition !== "aws" ? null : observations({ region: "us-east-1" });
  const [data, runs, prices, alarms, billing, host] = await Promise.all([
    publishedData(names.dataBucket, now),
    metric("CollectSuccess", 300, 14),
    metric("RequestPriceUSD", 86_400, 30),
    here.alarms(names.alarms),
    elsewhere?.alarms(`${names.alarms}billing-`) ?? [],
    pageHost(names.settings, place.region),
  ]);
  return {
    schedules: found.map((one) => ({
      ...one,
      nextRun: one.enabled ? nextRun(one.expression, now) : null,
    })),
    lastRun: lastRunOf(runs),
    data,
    requestPrice:
      prices.length === 0
        ? null
        : sum(
            prices.map(({ value }) => moneyFromNumber(value, "USD")),
            "USD",
          ),
    alarms: [...alarms, ...billing],
    host,
  };
}

function lastRunOf(points: readonly MetricPoint[]): DeploymentState["lastRun"] {
  const last = points.at(-1);
  return last === undefined ? null : { at: instantOf(new Date(last.at)), succeeded: last.value > 0 };
}

async function publishedData(bucket: string, now: Instant): Promise<DeploymentState["data"]> {
  const store = await openStore(`s3://${bucket}`);
  const index = await readIndex(store);
  if (index === null) return null;
  const daily = await storeReader(store).dailyFigures(index);
  return {
    publishedAt: index.published_at,
    ageHours: Math.floor((Date.parse(now) - Date.parse(index.published_at)) / HOUR_MS),
    months: index.periods,
    completeThrough: daily?.completeThrough ?? null,
  };
}

/** The settings are JSON that the module writes; only the host is read here. */
async function pageHost(parameter: string, region: string): Promise<string | null> {
  const { ssmParameter } = await import("@dapanoskop/aws");
  const settings: unknown = JSON.parse(await ssmParameter(parameter, { region }).read());
  const host = typeof settings === "object" && settings !== null ? Reflect.get(settings, "host") : null;
  return typeof host === "string" ? host : null;
}

/** What needs a person, each a sentence with what to do; empty where all is well. */
export function problemsOf({ schedules, lastRun, data, alarms }: DeploymentState): readonly string[] {
  const isPaused = schedules.some(({ enabled }) => !enabled);
  const isStale = data !== null && data.ageHours > STALE_HOURS;
  return [
    ...(lastRun !== null && !lastRun.succeeded
      ? [
          "The last collection failed. The log of the collector has the reason: docs/runbook.md, collect-errors.",
        ]
      : []),
    ...(data === null ? ["Nothing is published yet. Invoke the collector: docs/install.md, step 5."] : []),
    ...(isStale
      ? [
          isPaused
            ? `The data is ${counted(data.ageHours, "hour")} old, because a schedule is paused: dapanoskop start resumes it.`
            : `The data is ${counted(data.ageHours, "hour")} old: docs/runbook.md, stale-data.`,
        ]
      : []),
    ...alarms
      .filter(({ state }) => state === "ALARM")
      .map(({ name, description }) => `The alarm ${name} is active. ${description}`),
  ];
}
