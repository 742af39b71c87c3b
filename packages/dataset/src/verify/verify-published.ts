import type { Month } from "@dapanoskop/core/calendar";
import {
  type IndexDocument,
  indexSchema,
  type Snapshot,
  type SnapshotFile,
} from "../documents/index-document.ts";
import { ArtifactError, parseDocument, renderDocument } from "../documents/parse.ts";
import { type Summary, summarySchema } from "../documents/summary.ts";
import { trendSchema } from "../documents/trend.ts";
import {
  INDEX_KEY,
  laterFiles,
  monthFiles,
  PREVIOUS_FILE,
  PRIOR_PERIOD_TO_DATE_FILE,
  SUMMARY_FILE,
  stableKey,
  TREND_FILE,
  USAGE_TYPE_FILE,
  WORKLOAD_FILE,
} from "../keys/keys.ts";
import type { ParquetCodec } from "../parquet/parquet-codec.ts";
import { sha256Hex } from "../sha256.ts";
import { type Findings, findings } from "./findings.ts";
import { verifyIndex, verifyTime, verifyTrend } from "./verify-index.ts";
import { verifySummary } from "./verify-summary.ts";
import { readTables, verifyTables } from "./verify-tables.ts";

/** What is read of a store: an `ArtifactStore` is one. */
export interface PublishedFiles {
  readonly place: string;
  /** The copies of the index that the place keeps for itself, as a folder does. */
  indexCopies?(): Promise<
    readonly { readonly name: string; readonly generation: number | null; readonly body: Uint8Array | null }[]
  >;
  get(key: string): Promise<{ readonly body: Uint8Array } | null>;
  list(prefix: string): Promise<readonly string[]>;
}

export interface Verification {
  readonly months: number;
  readonly files: number;
  readonly bytes: number;
  readonly rows: number;
  /** Sums that were made again and compared. */
  readonly sums: number;
  /** A sentence each. */
  readonly faults: readonly string[];
}

/**
 * Reads everything published again: each file by its hash, each stable key against what the index names, each sum by
 * adding it up, in all three periods of every month; then the runs before, as far as their own summaries vouch for them.
 * @returns `null` when nothing is published
 */
export async function verifyPublished(
  store: PublishedFiles,
  parquet: ParquetCodec,
  progress: (sentence: string) => void = () => {},
): Promise<Verification | null> {
  const found = findings();
  const reader = filesOf(store, found);
  const rows = { count: 0 };
  const index = await readIndex(reader, found);
  if (index === null && found.faults.length === 0) return null;
  const summaries = new Map<Month, Summary>();
  if (index !== null) {
    verifyIndex(index, found);
    for (const period of index.periods) {
      progress(`Checking ${period}`);
      const snapshot = index.snapshot[period];
      if (snapshot === undefined) continue;
      const summary = await verifyMonth(period, snapshot, { reader, parquet, found, rows });
      if (summary !== null) summaries.set(period, summary);
    }
    await verifyShared(index, summaries, reader, found);
  }
  progress("Checking earlier runs");
  if (index !== null) await verifyChain(index, store, { reader, parquet, found, rows });
  await verifyEarlierRuns(await store.list("_runs/"), index, { reader, parquet, found, rows });
  const { files, bytes } = reader;
  const { sums, faults } = found;
  return { months: index?.periods.length ?? 0, files, bytes, rows: rows.count, sums, faults };
}

interface Tools {
  readonly reader: Reader;
  readonly parquet: ParquetCodec;
  readonly found: Findings;
  readonly rows: { count: number };
}

interface Reader {
  readonly files: number;
  readonly bytes: number;
  /** Keys that were read under a hash. */
  readonly proven: ReadonlySet<string>;
  get(key: string): Promise<Uint8Array | null>;
  /** The file when it is what its name in the index or a summary promises; a fault and `null` otherwise. */
  named(file: SnapshotFile): Promise<Uint8Array | null>;
}

function filesOf(store: PublishedFiles, found: Findings): Reader {
  const proven = new Set<string>();
  const counted = { files: 0, bytes: 0 };
  const get = async (key: string) => {
    const object = await store.get(key);
    if (object === null) return null;
    counted.files += 1;
    counted.bytes += object.body.length;
    return object.body;
  };
  return {
    get files() {
      return counted.files;
    },
    get bytes() {
      return counted.bytes;
    },
    proven,
    get,
    async named({ key, sha256, bytes }) {
      const body = await get(key);
      proven.add(key);
      if (body === null) {
        found.fault(`${key} is missing.`);
        return null;
      }
      if (body.length === bytes && (await sha256Hex(body)) === sha256) return body;
      found.fault(
        `${key} is not what was published: it has ${body.length} of ${bytes} bytes, or another SHA-256.`,
      );
      return null;
    },
  };
}

async function readIndex(reader: Reader, found: Findings): Promise<IndexDocument | null> {
  const body = await reader.get(INDEX_KEY);
  return body === null ? null : parsed(found, () => parseDocument(indexSchema, INDEX_KEY, body));
}

async function verifyMonth(period: Month, snapshot: Snapshot, tools: Tools): Promise<Summary | null> {
  const { reader, found } = tools;
  const bodies = new Map<string, Uint8Array>();
  for (const [file, named] of Object.entries(snapshot.files)) {
    const body = await reader.named(named);
    if (body !== null) bodies.set(file, body);
    await verifyStable(stableKey(period, file), named, reader, found);
  }
  const body = bodies.get(SUMMARY_FILE);
  if (body === undefined) return null;
  const key = snapshot.files[SUMMARY_FILE]?.key ?? SUMMARY_FILE;
  const summary = parsed(found, () => parseDocument(summarySchema, key, body));
  if (summary === null) return null;
  verifyAgainstIndex(period, snapshot, summary, found);
  verifySummary(summary, found);
  verifyParquet(summary, bodies, (file) => snapshot.files[file]?.key ?? file, tools);
  return summary;
}

/** What readers without the index see has to be the same file. */
async function verifyStable(
  key: string,
  named: SnapshotFile,
  reader: Reader,
  found: Findings,
): Promise<void> {
  const body = await reader.get(key);
  if (body === null) found.fault(`${key} is missing. The next collect writes it again.`);
  else if ((await sha256Hex(body)) !== named.sha256) {
    found.fault(`${key} is not the file that the index names. The next collect writes it again.`);
  }
}

function verifyAgainstIndex(period: Month, snapshot: Snapshot, summary: Summary, found: Findings): void {
  const same =
    summary.period === period &&
    summary.run_id === snapshot.run_id &&
    summary.collected_at === snapshot.as_of &&
    summary.is_mtd === snapshot.is_mtd &&
    summary.estimated === snapshot.estimated &&
    summary.totals.current_cost_usd === snapshot.total_cost_usd;
  if (!same) found.fault(`${period}: the index and the summary disagree about run, time, state or total.`);
  for (const file of monthFiles) {
    const [named, told] = [snapshot.files[file], summary.files[file]];
    if (file === SUMMARY_FILE) continue;
    if (named === undefined && told === undefined && laterFiles.has(file)) continue;
    if (named === undefined || told?.sha256 !== named.sha256 || told.bytes !== named.bytes) {
      found.fault(`${period}: the index and the summary name different files as ${file}.`);
    }
  }
}

function verifyParquet(
  summary: Summary,
  bodies: ReadonlyMap<string, Uint8Array>,
  key: (file: string) => string,
  { parquet, found, rows }: Tools,
): void {
  const workloads = bodies.get(WORKLOAD_FILE);
  const usageTypes = bodies.get(USAGE_TYPE_FILE);
  if (workloads === undefined || usageTypes === undefined) return;
  const priorPeriodToDateWindow = bodies.get(PRIOR_PERIOD_TO_DATE_FILE);
  const tables = parsed(found, () =>
    readTables(parquet, key, { workloads, usageTypes, priorPeriodToDateWindow }),
  );
  if (tables === null) return;
  rows.count += tables.workloads.rows + tables.usageTypes.rows + (tables.priorPeriodToDateWindow?.rows ?? 0);
  verifyTables(summary, tables, found);
}

async function verifyShared(
  index: IndexDocument,
  summaries: ReadonlyMap<Month, Summary>,
  reader: Reader,
  found: Findings,
): Promise<void> {
  for (const [file, named] of Object.entries(index.shared)) {
    await verifyStable(file, named, reader, found);
    if (file === PREVIOUS_FILE) continue; // the chain begins with it
    const body = await reader.named(named);
    if (body === null || file !== TREND_FILE) continue;
    const trend = parsed(found, () => parseDocument(trendSchema, named.key, body));
    if (trend !== null) verifyTrend(trend, index, summaries, found);
  }
}

/**
 * Every generation before: each index names the one that it replaced, with a hash, and that one names its files. So what
 * was superseded long ago is still held to what was published.
 */
async function verifyChain(
  newest: IndexDocument,
  store: PublishedFiles,
  { reader, found }: Tools,
): Promise<void> {
  const chain = new Map([[newest.generation, newest]]);
  for (let index: IndexDocument | null = newest; index !== null; ) {
    index = await previousOf(index, reader, found);
    if (index !== null) chain.set(index.generation, index);
    for (const named of index === null ? [] : filesNamedBy(index)) {
      if (!reader.proven.has(named.key)) await reader.named(named);
    }
  }
  for (const { name, generation, body } of (await store.indexCopies?.()) ?? []) {
    const index = chain.get(generation ?? newest.generation);
    if (index === undefined || (body !== null && sameBytes(renderDocument(index), body))) continue;
    const means =
      generation === null
        ? "it was changed, or a run was ended before it copied the newest. The next collect writes it again."
        : "it was changed after it was published.";
    found.fault(`${name} is not generation ${index.generation} of the index: ${means}`);
  }
}

async function previousOf(
  index: IndexDocument,
  reader: Reader,
  found: Findings,
): Promise<IndexDocument | null> {
  const named = index.shared[PREVIOUS_FILE];
  const body = named === undefined ? null : await reader.named(named);
  if (named === undefined || body === null) return null;
  const previous = parsed(found, () => parseDocument(indexSchema, named.key, body));
  if (previous === null || previous.generation < index.generation) return previous;
  found.fault(`${named.key} claims to come before generation ${index.generation}, and does not.`);
  return null;
}

const filesNamedBy = ({ snapshot, shared }: IndexDocument): readonly SnapshotFile[] => [
  ...Object.values(snapshot).flatMap(({ files }) => Object.values(files)),
  ...Object.entries(shared).flatMap(([name, file]) => (name === PREVIOUS_FILE ? [] : [file])),
];

const sameBytes = (a: Uint8Array, b: Uint8Array) =>
  a.length === b.length && a.every((byte, at) => byte === b[at]);

/**
 * Runs that no index names: they never committed. Their summaries have to prove themselves, agree with the total that
 * the index remembers of them, and vouch for the files beside them; files without a summary were never published.
 */
async function verifyEarlierRuns(
  keys: readonly string[],
  index: IndexDocument | null,
  tools: Tools,
): Promise<void> {
  const { reader, found } = tools;
  const present = new Set(keys);
  for (const key of keys.filter((one) => !reader.proven.has(one))) {
    const [, run = "", period = "", file] = key.split("/");
    if (file === undefined) {
      const body = await reader.get(key);
      if (body !== null && period.startsWith("trend"))
        parsed(found, () => parseDocument(trendSchema, key, body));
    }
    if (file !== SUMMARY_FILE) continue;
    const body = await reader.get(key);
    const summary = body === null ? null : parsed(found, () => parseDocument(summarySchema, key, body));
    if (summary === null) continue;
    verifyTime(key, summary.run_id, summary.collected_at, found);
    if (summary.run_id !== run || summary.period !== period)
      found.fault(`${key} is about another run or month.`);
    const remembered = index?.snapshot[period]?.restated.find((entry) => entry.run_id === run);
    if (remembered !== undefined && remembered.total_cost_usd !== summary.totals.current_cost_usd) {
      found.fault(`${key} has another total than the index remembers of it.`);
    }
    verifySummary(summary, found);
    const keyOf = (name: string) => `_runs/${run}/${period}/${name}`;
    const bodies = new Map<string, Uint8Array>();
    for (const [name, { sha256, bytes }] of Object.entries(summary.files)) {
      if (!present.has(keyOf(name))) {
        found.fault(`${keyOf(name)} is missing, and the summary beside it names it.`);
        continue;
      }
      const named = await reader.named({ key: keyOf(name), sha256, bytes });
      if (named !== null) bodies.set(name, named);
    }
    verifyParquet(summary, bodies, keyOf, tools);
  }
  for (const { run_id } of index?.history ?? []) {
    if (!keys.some((key) => key.startsWith(`_runs/${run_id}/`))) {
      found.fault(`The history names ${run_id}, and nothing of that run is left.`);
    }
  }
}

/** What `parse` gives; a fault and `null` when it is not as published. */
function parsed<Value>(found: Findings, parse: () => Value): Value | null {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    found.fault(error.message);
    return null;
  }
}
