import type { Month } from "@dapanoskop/core/calendar";
import { dailySchema } from "../documents/daily.ts";
import { type IndexDocument, indexSchema, type SnapshotFile } from "../documents/index-document.ts";
import { parseDocument, renderDocument } from "../documents/parse.ts";
import { type Summary, summarySchema } from "../documents/summary.ts";
import { trendSchema } from "../documents/trend.ts";
import { DAILY_FILE, PREVIOUS_FILE, SUMMARY_FILE, TREND_FILE } from "../keys/file-kinds.ts";
import { parseKey, RUNS_PREFIX, stagedKey } from "../keys/key.ts";
import { nullWithFault, type PublishedFiles, type VerificationContext } from "./checked-files.ts";
import type { Findings } from "./findings.ts";
import { verifyTime } from "./verify-index.ts";
import { verifyParquet } from "./verify-month.ts";
import { verifySummary } from "./verify-summary.ts";

/**
 * Checks every earlier generation: each index names the one that it replaced, with a hash, and that one names its files.
 * So the files of replaced snapshots are compared with what was published, too.
 */
export async function verifyEarlierGenerations(
  newest: IndexDocument,
  store: PublishedFiles,
  { files, found }: VerificationContext,
): Promise<void> {
  const byGeneration = new Map([[newest.generation, newest]]);
  for (let index: IndexDocument | null = newest; index !== null; ) {
    index = await previousOf(index, { files, found });
    if (index !== null) byGeneration.set(index.generation, index);
    for (const named of index === null ? [] : filesNamedBy(index)) {
      if (!files.compared.has(named.key)) await files.named(named);
    }
  }
  for (const { name, generation, body } of (await store.indexCopies?.()) ?? []) {
    const index = byGeneration.get(generation ?? newest.generation);
    if (index === undefined || (body !== null && hasSameBytes(renderDocument(index), body))) continue;
    const reason =
      generation === null
        ? "it was changed, or a run was ended before it copied the newest. The next collect writes it again."
        : "it was changed after it was published.";
    found.fault(`${name} is not generation ${index.generation} of the index: ${reason}`);
  }
}

async function previousOf(
  index: IndexDocument,
  { files, found }: Pick<VerificationContext, "files" | "found">,
): Promise<IndexDocument | null> {
  const named = index.shared[PREVIOUS_FILE];
  const body = named === undefined ? null : await files.named(named);
  if (named === undefined || body === null) return null;
  const previous = nullWithFault(found, () => parseDocument(indexSchema, named.key, body));
  if (previous === null || previous.generation < index.generation) return previous;
  found.fault(
    `${named.key} is generation ${previous.generation}, which cannot come before generation ${index.generation}.`,
  );
  return null;
}

const filesNamedBy = ({ snapshot, shared }: IndexDocument): readonly SnapshotFile[] => [
  ...Object.values(snapshot).flatMap(({ files }) => Object.values(files)),
  ...Object.entries(shared).flatMap(([name, file]) => (name === PREVIOUS_FILE ? [] : [file])),
];

const hasSameBytes = (a: Uint8Array, b: Uint8Array) =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);

/**
 * Checks the staged files that no index names: their runs never committed. Their summaries must add up, have the total
 * that the index lists for them, and give the hashes of the files beside them. Files without a summary were never
 * published.
 */
export async function verifyUncommittedRuns(
  keys: readonly string[],
  index: IndexDocument | null,
  context: VerificationContext,
): Promise<void> {
  const { files, found } = context;
  const present = new Set(keys);
  for (const key of keys) {
    const parsed = parseKey(key);
    if (parsed === null || parsed.run === null || files.compared.has(key)) continue;
    const { run, month, file } = parsed;
    if (month === null) {
      const body = await files.get(key);
      if (body !== null && file === TREND_FILE)
        nullWithFault(found, () => parseDocument(trendSchema, key, body));
      if (body !== null && file === DAILY_FILE)
        nullWithFault(found, () => parseDocument(dailySchema, key, body));
    } else if (file === SUMMARY_FILE) {
      await verifyUncommittedMonth(key, run, month, { ...context, index, present });
    }
  }
  for (const { run_id } of index?.history ?? []) {
    if (!keys.some((key) => key.startsWith(`${RUNS_PREFIX}${run_id}/`))) {
      found.fault(`The history names ${run_id}, and no file of that run exists.`);
    }
  }
}

async function verifyUncommittedMonth(
  key: string,
  run: string,
  month: Month,
  context: VerificationContext & {
    readonly index: IndexDocument | null;
    readonly present: ReadonlySet<string>;
  },
): Promise<void> {
  const { files, found, index, present } = context;
  const body = await files.get(key);
  const summary = body === null ? null : nullWithFault(found, () => parseDocument(summarySchema, key, body));
  if (summary === null) return;
  verifyTime(key, summary.run_id, summary.collected_at, found);
  if (summary.run_id !== run || summary.period !== month) {
    found.fault(`${key} is about another run or month.`);
  }
  compareWithEarlierTotal(key, summary, index, found);
  verifySummary(summary, found);
  const keyOf = (name: string) => stagedKey(run, month, name);
  const bodies = new Map<string, Uint8Array>();
  for (const [name, { sha256, bytes }] of Object.entries(summary.files)) {
    if (!present.has(keyOf(name))) {
      found.fault(`${keyOf(name)} is missing, and the summary beside it names it.`);
      continue;
    }
    const named = await files.named({ key: keyOf(name), sha256, bytes });
    if (named !== null) bodies.set(name, named);
  }
  verifyParquet(summary, bodies, keyOf, context);
}

function compareWithEarlierTotal(
  key: string,
  { run_id, period, totals }: Summary,
  index: IndexDocument | null,
  found: Findings,
): void {
  const earlier = index?.snapshot[period]?.restated.find((entry) => entry.run_id === run_id);
  if (earlier !== undefined && earlier.total_cost_usd !== totals.current_cost_usd) {
    found.fault(`${key} has another total than the index lists for it.`);
  }
}
