import { zero } from "@dapanoskop/core/money";
import type { Runtime } from "@dapanoskop/core/runtime";
import { type CostSource, describeSource } from "@dapanoskop/core/source";
import type { ArtifactStore } from "@dapanoskop/core/store";
import { type ParquetCodec, type PublishedSource, publishedSource } from "@dapanoskop/dataset";
import { billSpanText } from "./bill-span.ts";
import { collectResult } from "./collect-result.ts";
import { computeLedgers, publishedComparisons } from "./compute/index.ts";
import type { CollectEvent, CollectResult } from "./event.ts";
import type { CollectConfig } from "./options/index.ts";
import { ALL_MONTHS, freshMonths, monthsToCollect, planCollection, resolveConfig } from "./plan/index.ts";
import { type PublishResult, publish, recover } from "./publish/index.ts";
import { publishedHistory } from "./published-history.ts";
import { queryPlan, unusedTagWarning } from "./query/index.ts";
import { type RenderedDataset, renderDataset } from "./render/index.ts";
import { revisionsOf } from "./revisions.ts";

/** What a collection depends on. Time and randomness are arguments: the pipeline has none of its own. */
export interface CollectDependencies {
  readonly source: CostSource;
  readonly store: ArtifactStore;
  readonly parquet: ParquetCodec;
  /** As `runId()` makes it, new for every run. */
  readonly runId: string;
  readonly runtime: Runtime;
  /** Months that one request may cover: all of them, unless time may run out in between. */
  readonly batchMonths?: number;
  readonly progress?: (sentence: string) => void;
}

/**
 * Collects months of a bill and publishes them: a complete, reconciled snapshot, or nothing. The stages: plan every query,
 * make the queries, compute the ledgers, render the files, publish them.
 * @throws CostSourceError, ReconciliationError, ArtifactError, StoreError: nothing was published, the previous data
 * remains; RangeError when the event is wrong
 */
export async function collect(
  event: CollectEvent,
  config: CollectConfig,
  dependencies: CollectDependencies,
): Promise<CollectResult> {
  const { source, store, parquet, runId, progress = () => {} } = dependencies;
  const { at } = event;
  monthsToCollect(event, null, ""); // a wrong event is refused before any request
  const { index, warnings } = await recover(store);
  const resolved = await resolveConfig(source, config, at);
  const description = describeSource(source, resolved);
  const history = publishedHistory(store, index, parquet, resolved.hash);

  const months = monthsToCollect(event, index, resolved.hash, resolved.hashWithoutRules);
  const published = await publishedComparisons(months, history);
  const plan = planCollection(months, {
    at,
    config: resolved,
    dataEnd: source.window?.end ?? null,
    hasAllDays: source.hasAllDays,
    published: new Set(published.keys()),
    batchMonths: dependencies.batchMonths ?? ALL_MONTHS,
  });
  const answers = await queryPlan(plan, source, progress);
  const unusedTag = await unusedTagWarning(plan, answers, source);
  const computed = await computeLedgers(plan, answers, { config: resolved, history, published, event });
  const { pages = 0, other = 0, priceUsd = zero("USD") } = source.requestCosts ?? {};
  const dataset = await renderDataset(computed.ledgers, {
    store,
    parquet,
    config: resolved.hash,
    runId,
    at,
    source: description,
    storage: resolved,
    requests: { pages, other, price: priceUsd },
  });
  const result = await publishDataset(dataset, event, publishedSource(description), dependencies);

  return collectResult({
    runId,
    result,
    revisions: revisionsOf(computed.ledgers, index),
    outcomes: computed.outcomes,
    fresh: freshMonths(event, index, resolved.hash, resolved.hashWithoutRules),
    index,
    requests: { pages, other, priceUsd },
    billSpan: billSpanText(source, months, index, at),
    warnings: [
      ...warnings,
      ...resolved.warnings,
      ...(unusedTag === null ? [] : [unusedTag]),
      ...computed.warnings,
      ...result.warnings,
    ],
  });
}

/** A run without months changes nothing. */
async function publishDataset(
  { months, shared }: RenderedDataset,
  { at, force }: CollectEvent,
  source: PublishedSource,
  { store, runId, runtime }: CollectDependencies,
): Promise<Pick<PublishResult, "generation" | "months" | "warnings">> {
  if (months.length === 0) return { generation: null, months: [], warnings: [] };
  return publish(store, { runId, at, force, source, months, shared }, runtime);
}
