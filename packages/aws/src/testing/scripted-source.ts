import { addDays } from "@dapanoskop/core/calendar";
import type { CostQuery } from "@dapanoskop/core/source";
import { onTestFinished, vi } from "vitest";
import {
  type CostExplorerOptions,
  type CostExplorerSource,
  costExplorerSource,
} from "../cost-explorer/cost-explorer-source.ts";
import { type ScriptedEndpoint, type Step, scriptedEndpoint } from "./scripted-endpoint.ts";

export interface Scripted extends ScriptedEndpoint {
  readonly source: CostExplorerSource;
  /** How long the source slept, in milliseconds, on a clock that only sleeping moves. */
  readonly sleeps: readonly number[];
}

/** The real SDK client against a scripted endpoint, found through AWS_ENDPOINT_URL; nobody really waits. */
export async function scripted(
  steps: readonly [Step, ...Step[]],
  options: CostExplorerOptions = {},
): Promise<Scripted> {
  const endpoint = await scriptedEndpoint(...steps);
  onTestFinished(endpoint.close);
  withoutAwsSettings();
  vi.stubEnv("AWS_ENDPOINT_URL", endpoint.url);
  const sleeps: number[] = [];
  let clock = 0;
  const source = costExplorerSource({
    credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" },
    sleep: async (milliseconds) => {
      sleeps.push(milliseconds);
      clock += milliseconds;
    },
    now: () => clock,
    random: () => 0.5,
    ...options,
  });
  return { ...endpoint, source, sleeps };
}

/** An environment that says nothing of AWS, for the length of a test. */
export function withoutAwsSettings(): void {
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  for (const name of Object.keys(process.env)) {
    if (name.startsWith("AWS_") && !name.includes("WARNING")) vi.stubEnv(name, undefined);
  }
  vi.stubEnv("AWS_CONFIG_FILE", "/dev/null");
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
}

/** February 2026, day by day, ungrouped, unless it matters. */
export const aQuery = (question: Partial<CostQuery> = {}): CostQuery => ({
  window: { start: "2026-02-01", end: "2026-03-01" },
  granularity: "DAILY",
  metric: "UnblendedCost",
  groupBy: [],
  ...question,
});

export const byApp = aQuery({ groupBy: [{ by: "tag", key: "App" }] });

/** The metrics of a group: a cost, and a quantity of `N/A`. */
export const costs = (amount: unknown, unit: unknown = "USD") => ({
  UnblendedCost: { Amount: amount, Unit: unit },
  UsageQuantity: { Amount: "1", Unit: "N/A" },
});

export const aGroup = (keys: readonly unknown[], amount: unknown = "1", unit: unknown = "USD") => ({
  Keys: keys,
  Metrics: costs(amount, unit),
});

/** A charge period with groups: a day, unless `end` says otherwise. */
export const aResult = (start: string, groups: readonly unknown[] | null, more: object = {}) => ({
  TimePeriod: { Start: start, End: addDays(start, 1) },
  Total: {},
  Groups: groups,
  Estimated: false,
  ...more,
});

/** A page, with the token of the next one. */
export const aPage = (results: readonly unknown[], token?: unknown) => ({
  ResultsByTime: results,
  ...(token === undefined ? {} : { NextPageToken: token }),
});

/** A whole answer with one group on one day: enough where only the way to it matters. */
export const aGoodPage = aPage([aResult("2026-02-01", [aGroup(["App$web"], "7")])]);
