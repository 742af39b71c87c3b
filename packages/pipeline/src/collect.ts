import {
  addMonths,
  eventMonth,
  firstDay,
  type Instant,
  type Month,
  monthWindow,
  type Window,
  windowOf,
} from "@dapanoskop/core/calendar";
import type { MonthLedger } from "@dapanoskop/core/ledger";
import { moneyNumber, moneyText, zero } from "@dapanoskop/core/money";
import type { Runtime } from "@dapanoskop/core/runtime";
import { type CostSource, CostSourceError, type RequestCosts } from "@dapanoskop/core/source";
import type { ArtifactStore } from "@dapanoskop/core/store";
import {
  type IndexDocument,
  type ParquetCodec,
  parseDocument,
  publishedComparison,
  readSummary,
  renderTrend,
  TREND_FILE,
  trendMonth,
  trendMonths,
  trendSchema,
} from "@dapanoskop/dataset";
import { type ResolvedConfig, resolveConfig } from "./config.ts";
import type { CollectEvent, CollectResult, MonthOutcome } from "./event.ts";
import { type Gathered, gather } from "./gather.ts";
import { quarantineReason } from "./hold.ts";
import type { CollectConfig } from "./options/index.ts";
import { freshMonths, monthsToCollect } from "./plan.ts";
import { type PublishedMonth, previousIndex, publish, recover, type SharedFile } from "./publish/index.ts";
import { type RenderedMonth, renderMonth } from "./render.ts";

/** What a collection works through. Time and chance come in here; core has none of its own. */
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

/** Months a request covers when nobody is in a hurry: Cost Explorer's whole memory. */
export const ALL_MONTHS = 38;

/**
 * Collects months of a bill and publishes them: a whole, reconciled snapshot, or nothing.
 * @throws CostSourceError, ReconciliationError, StoreError: nothing was published, old data stands
 */
export async function collect(
  event: CollectEvent,
  config: CollectConfig,
  dependencies: CollectDependencies,
): Promise<CollectResult> {
  const { source, store, parquet } = dependencies;
  const progress = dependencies.progress ?? (() => {});
  const { index, warnings } = await recover(store);
  monthsToCollect(event, index, ""); // a wrong event is refused before anything is asked
  const resolved = await resolveConfig(source, config, recentWindow(event.at));
  const months = monthsToCollect(event, index, resolved.hash, resolved.hashWithoutRules);
  const gathered = await gather(months, {
    source,
    config: resolved,
    at: event.at,
    batchMonths: dependencies.batchMonths ?? ALL_MONTHS,
    published: (compared, of) =>
      publishedComparison(compared, of, { store, index, parquet, config: resolved.hash }),
    progress,
  });
  const fresh = freshMonths(event, index, resolved.hash, resolved.hashWithoutRules).map((month) =>
    freshOutcome(month, index),
  );
  await sameCurrency(gathered.months, index, store);
  const { accepted, outcomes } = await judge(gathered, index, event, store);
  const rendered = await renderAll(accepted, event, resolved, dependencies);
  const published = await publishAll(rendered, event, dependencies);
  return {
    runId: dependencies.runId,
    generation: published.generation,
    months: [...published.months.map(outcomeOf), ...outcomes, ...fresh].sort((a, b) =>
      a.period < b.period ? 1 : -1,
    ),
    requests: requestsOf(source.requestCosts),
    warnings: [
      ...warnings,
      ...resolved.warnings,
      ...accepted.flatMap((ledger) => warningsOf(ledger, gathered)),
      ...published.warnings,
    ],
  };
}

/** Where an account's cost categories are looked for: the last closed month and what has passed of the running one. */
export function recentWindow(at: Instant): Window {
  const month = eventMonth(at);
  const { end } = windowOf(month, at);
  const start = monthWindow(addMonths(month, -1)).start;
  return { start, end: end > firstDay(month) && end < monthWindow(month).end ? end : firstDay(month) };
}

async function judge(
  gathered: Gathered,
  index: IndexDocument | null,
  event: CollectEvent,
  store: ArtifactStore,
): Promise<{ readonly accepted: readonly MonthLedger[]; readonly outcomes: readonly MonthOutcome[] }> {
  const accepted: MonthLedger[] = [];
  const outcomes: MonthOutcome[] = [
    ...gathered.left,
    ...gathered.empty.map((month) => emptyOutcome(month, index)),
  ];
  for (const ledger of gathered.months) {
    const { period } = ledger.current;
    const why = event.force ? null : await heldBecause(ledger, index, store);
    if (why === null) accepted.push(ledger);
    else outcomes.push({ period, outcome: "quarantined", why });
  }
  return { accepted, outcomes };
}

// Read only where it matters: a month whose published files are lost is published again by force.
async function heldBecause(
  ledger: MonthLedger,
  index: IndexDocument | null,
  store: ArtifactStore,
): Promise<string | null> {
  const { period } = ledger.current;
  if (index === null || (index.snapshot[period]?.is_mtd ?? true)) return null;
  const before = await readSummary(store, index, period);
  return before === null ? null : quarantineReason(ledger, before);
}

/**
 * Months of two currencies would stand in one trend, under one sign.
 * @throws CostSourceError naming both
 */
async function sameCurrency(
  ledgers: readonly MonthLedger[],
  index: IndexDocument | null,
  store: ArtifactStore,
): Promise<void> {
  const named = index?.shared[TREND_FILE];
  const found = named === undefined ? null : await store.get(named.key);
  if (named === undefined || found === null) return;
  const { currency } = parseDocument(trendSchema, named.key, found.body);
  const other = ledgers.find(({ current }) => current.currency !== currency);
  if (other === undefined) return;
  throw new CostSourceError(
    "currency",
    other.current.window,
    `The bill is in ${other.current.currency}, and what ${store.place} holds is in ${currency}. One deployment shows one ` +
      "currency: collect this bill into another place. Nothing was published.",
  );
}

function freshOutcome(period: Month, index: IndexDocument | null): MonthOutcome {
  const asOf = index?.snapshot[period]?.as_of ?? "";
  const why = `${period} was collected at ${asOf} already and was not asked for again; --force collects it again.`;
  return { period, outcome: "unchanged", why };
}

// A published month is never replaced by an empty one, not even by force: an answer without groups is no bill.
function emptyOutcome(period: Month, index: IndexDocument | null): MonthOutcome {
  return index?.snapshot[period] === undefined
    ? { period, outcome: "skipped", why: `${period} has no charges: nothing was written for it.` }
    : {
        period,
        outcome: "quarantined",
        why: `${period} came back without any charge. The published figures stay.`,
      };
}

async function renderAll(
  ledgers: readonly MonthLedger[],
  { at }: CollectEvent,
  config: ResolvedConfig,
  { source, parquet, runId }: CollectDependencies,
): Promise<readonly RenderedMonth[]> {
  const { pages = 0, other = 0, priceUsd: price = zero("USD") } = source.requestCosts ?? {};
  const context = { runId, at, metric: config.metric, storage: config, requests: { pages, other, price } };
  const rendered: RenderedMonth[] = [];
  for (const ledger of ledgers) rendered.push(await renderMonth(ledger, parquet, config.hash, context));
  return rendered;
}

async function publishAll(
  rendered: readonly RenderedMonth[],
  event: CollectEvent,
  { store, runId, runtime }: CollectDependencies,
) {
  if (rendered.length === 0) return { generation: null, months: [], warnings: [] };
  const months = rendered.map(({ month }) => month);
  const run = {
    runId,
    at: event.at,
    force: event.force,
    months,
    shared: [trendFile(rendered, store), previousIndex],
  };
  return publish(store, run, runtime);
}

/** The trend of exactly the months that an index names: ours from this run, the others from the trend it replaces. */
function trendFile(rendered: readonly RenderedMonth[], store: ArtifactStore): SharedFile {
  const ours = new Map(rendered.map(({ summary }) => [summary.period, summary]));
  const currency = rendered[0]?.summary.currency ?? "USD";
  return {
    name: TREND_FILE,
    contentType: "application/json",
    async render({ periods, accepted, index, read }) {
      const named = index?.shared[TREND_FILE];
      const bytes = named === undefined ? null : await read(named.key);
      const before = named === undefined || bytes === null ? new Map() : trendMonths(named.key, bytes);
      const lines = [];
      for (const period of periods) {
        const own = accepted.includes(period) ? ours.get(period) : undefined;
        const summary =
          own ?? (before.has(period) || index === null ? null : await readSummary(store, index, period));
        const line = summary ? trendMonth(summary) : before.get(period);
        if (line !== undefined) lines.push(line);
      }
      return renderTrend(lines, currency);
    },
  };
}

function outcomeOf({ period, outcome }: PublishedMonth): MonthOutcome {
  if (outcome === "published") return { period, outcome, why: null };
  const why =
    outcome === "dropped-newer"
      ? `${period} was collected at a later time already; what is newer stays.`
      : `${period} was collected for the same time already; --force publishes it again.`;
  return { period, outcome: "unchanged", why };
}

function warningsOf({ current }: MonthLedger, gathered: Gathered): readonly string[] {
  const { storage, unknown, period, currency } = current;
  const lacking = gathered.warnings.get(period);
  const known = [...(lacking === undefined ? [] : [lacking]), ...storage.warnings];
  const [largest] = unknown;
  if (largest === undefined) return known;
  const total = unknown.reduce((all, { cost }) => all + cost.units, 0n);
  const listed = unknown
    .slice(0, 5)
    .map(
      ({ service, usageType, cost }) =>
        `${JSON.stringify(`${service} ${usageType}`.slice(0, 100))} ${moneyText(cost)}`,
    )
    .join(", ");
  return [
    ...known,
    `${period}: the category table does not know ${unknown.length} usage types, ${moneyText({ units: total, currency })} ` +
      `${currency} in all, and counts them as Other: ${listed}${unknown.length > 5 ? ", …" : "."}`,
  ];
}

const requestsOf = (requestCosts: RequestCosts | undefined) => ({
  pages: requestCosts?.pages ?? 0,
  other: requestCosts?.other ?? 0,
  priceUsd: requestCosts === undefined ? 0 : moneyNumber(requestCosts.priceUsd),
});
