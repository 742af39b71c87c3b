import { addDays } from "@dapanoskop/core/calendar";
import type { CostQuery } from "@dapanoskop/core/source";
import { testClock, testRandom } from "@dapanoskop/core/testing";
import { onTestFinished, vi } from "vitest";
import {
  type CostExplorerOptions,
  type CostExplorerSource,
  costExplorerSource,
} from "../cost-explorer/cost-explorer-source.ts";
import { type ScriptedEndpoint, type ScriptedStep, scriptedEndpoint } from "./scripted-endpoint.ts";

export interface ScriptedSource extends ScriptedEndpoint {
  readonly source: CostExplorerSource;
  /** How long the source slept, in milliseconds, on a clock that only sleeping moves. */
  readonly sleeps: readonly number[];
}

/** The real SDK client against a scripted endpoint, found through AWS_ENDPOINT_URL, on a clock that does not wait. */
export async function scripted(
  steps: readonly [ScriptedStep, ...ScriptedStep[]],
  options: CostExplorerOptions = {},
): Promise<ScriptedSource> {
  const endpoint = await scriptedEndpoint(...steps);
  onTestFinished(endpoint.close);
  withoutAwsSettings();
  vi.stubEnv("AWS_ENDPOINT_URL", endpoint.url);
  const clock = testClock();
  const source = costExplorerSource({
    credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" },
    clock,
    elapsed: clock.elapsed,
    random: testRandom(),
    ...options,
  });
  return { ...endpoint, source, sleeps: clock.sleeps };
}

/** Removes AWS's settings from the environment for the length of a test. */
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
export const aQuery = (own: Partial<CostQuery> = {}): CostQuery => ({
  window: { start: "2026-02-01", end: "2026-03-01" },
  granularity: "DAILY",
  metric: "UnblendedCost",
  groupBy: [],
  ...own,
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

/** A whole answer with one group on one day, for tests of the requests. */
export const aGoodPage = aPage([aResult("2026-02-01", [aGroup(["App$web"], "7")])]);
