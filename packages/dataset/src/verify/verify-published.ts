import type { Month } from "@dapanoskop/core/calendar";
import { type IndexDocument, indexSchema } from "../documents/index-document.ts";
import { parseDocument } from "../documents/parse.ts";
import type { Summary } from "../documents/summary.ts";
import { trendSchema } from "../documents/trend.ts";
import { DAILY_FILE, INDEX_KEY, PREVIOUS_FILE, TREND_FILE } from "../keys/file-kinds.ts";
import { RUNS_PREFIX } from "../keys/key.ts";
import type { ParquetCodec } from "../parquet/parquet-codec.ts";
import {
  checkedFiles,
  nullWithFault,
  type PublishedFiles,
  type VerificationContext,
} from "./checked-files.ts";
import { findings } from "./findings.ts";
import { verifyDaily } from "./verify-daily.ts";
import { verifyEarlierGenerations, verifyUncommittedRuns } from "./verify-earlier.ts";
import { verifyIndex, verifySource, verifyTrend } from "./verify-index.ts";
import { verifyMonth, verifyStableKey } from "./verify-month.ts";

export interface Verification {
  readonly months: number;
  readonly files: number;
  readonly bytes: number;
  readonly rows: number;
  /** Sums that were computed again and compared. */
  readonly sums: number;
  /** A sentence each. */
  readonly faults: readonly string[];
}

/**
 * Reads everything published again: each file with its hash, each stable key against the index, each sum in all three
 * periods of every month; then earlier generations, and the summaries of runs that never committed.
 * @returns `null` when nothing is published
 */
export async function verifyPublished(
  store: PublishedFiles,
  parquet: ParquetCodec,
  progress: (sentence: string) => void = () => {},
): Promise<Verification | null> {
  const found = findings();
  const files = checkedFiles(store, found);
  const context = { files, parquet, found, rows: { count: 0 } };
  const stored = await readIndex(context);
  if (stored === null && found.faults.length === 0) return null;
  if (stored !== null) verifyIndex(stored, found);
  const index = stored === null ? null : withEachMonthOnce(stored);
  const summaries = new Map<Month, Summary>();
  if (index !== null) {
    for (const period of index.periods) {
      progress(`Checking ${period}`);
      const snapshot = index.snapshot[period];
      if (snapshot === undefined) continue;
      const summary = await verifyMonth(period, snapshot, context);
      if (summary !== null) summaries.set(period, summary);
    }
    verifySource(index, summaries, found);
    await verifyShared(index, summaries, store, context);
  }
  progress("Checking earlier runs");
  if (stored !== null) await verifyEarlierGenerations(stored, store, context);
  await verifyUncommittedRuns(await store.list(RUNS_PREFIX), index, context);
  return {
    months: index?.periods.length ?? 0,
    files: files.files,
    bytes: files.bytes,
    rows: context.rows.count,
    sums: found.sums,
    faults: found.faults,
  };
}

/** The months of the snapshots: the list of an index that is not as published may have another one, or one a thousand times. */
const withEachMonthOnce = (index: IndexDocument): IndexDocument => ({
  ...index,
  periods: Object.keys(index.snapshot).sort().reverse(),
});

async function readIndex({ files, found }: VerificationContext): Promise<IndexDocument | null> {
  const body = await files.get(INDEX_KEY);
  return body === null ? null : nullWithFault(found, () => parseDocument(indexSchema, INDEX_KEY, body));
}

async function verifyShared(
  index: IndexDocument,
  summaries: ReadonlyMap<Month, Summary>,
  store: PublishedFiles,
  context: VerificationContext,
): Promise<void> {
  const { files, found } = context;
  for (const [file, named] of Object.entries(index.shared)) {
    await verifyStableKey(file, named, files, found);
    if (file === PREVIOUS_FILE) continue; // checked with the earlier generations
    const body = await files.named(named);
    if (body !== null && file === DAILY_FILE)
      await verifyDaily(named, body, index, summaries, store, context);
    if (body === null || file !== TREND_FILE) continue;
    const trend = nullWithFault(found, () => parseDocument(trendSchema, named.key, body));
    if (trend !== null) verifyTrend(trend, index, summaries, found);
  }
}
