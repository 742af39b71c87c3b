import { monthText } from "@dapanoskop/core/insight";
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
import type { CommandContext } from "./command-context.ts";
import { exitCode } from "./exit-code.ts";
import { unlessInterrupted } from "./interruption.ts";
import type { Progress } from "./progress.ts";

/** What a collection computes, and where it reports. */
export interface CollectionRun {
  readonly event: CollectEvent;
  readonly config: CollectConfig;
  readonly progress: Progress;
  readonly context: CommandContext;
}

/**
 * Collects and publishes. Warnings go to the error stream.
 * @throws InterruptedError on Ctrl-C; CostSourceError, ReconciliationError and StoreError as the pipeline does
 */
export async function runCollection(
  store: ArtifactStore,
  source: CostSource,
  { event, config, progress, context }: CollectionRun,
): Promise<CollectResult> {
  const { loadParquetCodec } = await import("@dapanoskop/local/parquet");
  const collecting = collect(event, config, {
    source,
    store,
    parquet: await loadParquetCodec(),
    runId: runId(event.at, context.runtime.random.bytes(16)),
    runtime: context.runtime,
    progress: (sentence) => progress.update(sentence),
  });
  const result = await unlessInterrupted(context, collecting);
  progress.done();
  for (const warning of result.warnings) context.err.write(`! ${visible(warning, 1_000)}\n`);
  return result;
}

/** The exit code of a collection: a failed month counts more than a quarantined one. */
export function exitCodeOf({ months }: CollectResult): number {
  const outcomes = new Set(months.map(({ outcome }) => outcome));
  if (outcomes.has("failed")) return exitCode.failed;
  return outcomes.has("quarantined") ? exitCode.quarantined : exitCode.done;
}

/** The outcome of each month, and what the requests cost. */
export function resultText({ months, requests, billSpan }: CollectResult, { place }: ArtifactStore): string {
  const count = requests.pages + requests.other;
  const price =
    count === 0
      ? ""
      : `${count} request${count === 1 ? "" : "s"} to Cost Explorer for $${requests.priceUsd.toFixed(2)}.\n`;
  const published = months.some(({ outcome }) => outcome === "published");
  const where = published ? `Published in ${place}.\n` : `Nothing new was published in ${place}.\n`;
  const span = billSpan === null ? "" : `${billSpan}\n`;
  return `${months.map(monthLine).join("")}${where}${span}${price}`;
}

function monthLine({ period, outcome, why, revised }: MonthOutcome): string {
  const name = revised === undefined ? monthText(period) : `${monthText(period)}, ${revised}`;
  return `${period}  ${outcome.padEnd(11)}  ${why === null ? name : visible(why, 1_000)}\n`;
}

/** The price of requests to Cost Explorer: each costs a cent. */
export const requestPrice = (requests: number): string => `$${(requests / 100).toFixed(2)}`;
