import { monthText } from "@dapanoskop/core/insight";
import { noDeadline } from "@dapanoskop/core/runtime";
import type { CostSource } from "@dapanoskop/core/source";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { visible } from "@dapanoskop/core/text";
import { runId } from "@dapanoskop/dataset";
import {
  type CollectConfig,
  type CollectEvent,
  type CollectResult,
  collect,
  type MonthOutcome,
} from "@dapanoskop/pipeline";
import type { Progress } from "./progress.ts";
import { exitCode, unlessInterrupted, type World } from "./world.ts";

export interface Collecting {
  readonly event: CollectEvent;
  readonly config: CollectConfig;
  readonly progress: Progress;
  readonly world: World;
}

/** Runs the pipeline with this process's time and chance. Warnings go to the error stream. */
export async function collectInto(
  store: ArtifactStore,
  source: CostSource,
  { event, config, progress, world }: Collecting,
): Promise<CollectResult> {
  const { loadParquetCodec } = await import("@dapanoskop/local/parquet");
  const collecting = collect(event, config, {
    source,
    store,
    parquet: await loadParquetCodec(),
    runId: runId(event.at, world.randomBytes(16)),
    runtime: {
      clock: { now: () => world.now(), sleep: (milliseconds) => world.sleep(milliseconds) },
      random: { fraction: () => world.random(), bytes: (count) => world.randomBytes(count) },
      deadline: noDeadline,
    },
    progress: (sentence) => progress.update(sentence),
  });
  const result = await unlessInterrupted(world, collecting);
  progress.done();
  for (const warning of result.warnings) world.err.write(`! ${visible(warning, 1_000)}\n`);
  return result;
}

/** A failed month outweighs a held one: it needs a person sooner. */
export function exitCodeOf({ months }: CollectResult): number {
  const outcomes = new Set(months.map(({ outcome }) => outcome));
  if (outcomes.has("failed")) return exitCode.failed;
  return outcomes.has("quarantined") ? exitCode.quarantined : exitCode.done;
}

/** What became of each month, and what asking cost. */
export function resultText({ months, requests }: CollectResult, { place }: ArtifactStore): string {
  const asked = requests.pages + requests.other;
  const price =
    asked === 0
      ? ""
      : `${asked} request${asked === 1 ? "" : "s"} to Cost Explorer for $${requests.priceUsd.toFixed(2)}.\n`;
  const published = months.some(({ outcome }) => outcome === "published");
  const where = published ? `Published in ${place}.\n` : `Nothing new was published in ${place}.\n`;
  return `${months.map(monthLine).join("")}${where}${price}`;
}

const monthLine = ({ period, outcome, why }: MonthOutcome) =>
  `${period}  ${outcome.padEnd(11)}  ${why === null ? monthText(period) : visible(why, 1_000)}\n`;

/** Each request is a cent, a page like any other. */
export const requestPrice = (requests: number): string => `$${(requests / 100).toFixed(2)}`;
