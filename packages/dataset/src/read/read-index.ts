import type { Month } from "@dapanoskop/core/calendar";
import { type ArtifactStore, StoreError } from "@dapanoskop/core/store";
import { type IndexDocument, indexSchema, type SnapshotFile } from "../documents/index-document.ts";
import { ArtifactError, parseDocument } from "../documents/parse.ts";
import { parseKey } from "../keys/artifact-key.ts";
import { INDEX_KEY, TREND_FILE } from "../keys/keys.ts";
import { sha256Hex } from "../sha256.ts";

/** The index as it stands, and the etag that a put has to match to replace exactly this one. */
export interface StoredIndex {
  readonly index: IndexDocument;
  readonly etag: string;
}

/**
 * The published index; `null` when nothing was published yet.
 * @throws StoreError `newer-schema` or `corrupt`, with what to do; nothing was changed
 */
export async function readIndex(store: ArtifactStore): Promise<IndexDocument | null> {
  return (await readStoredIndex(store))?.index ?? null;
}

/**
 * The file of a month that the index names, checked against its SHA-256. `null` when the index names no such file.
 * @throws StoreError `corrupt`, naming the key, when it is missing or is not what was published
 */
export async function readSnapshotFile(
  store: ArtifactStore,
  index: IndexDocument,
  period: Month,
  file: string,
): Promise<Uint8Array | null> {
  const named = own(own(index.snapshot, period)?.files, file);
  return named === undefined ? null : readNamedFile(store, named);
}

/** A file about all months that the index names (`trend.json`), checked like a month's. */
export async function readShared(
  store: ArtifactStore,
  index: IndexDocument,
  file: string,
): Promise<Uint8Array | null> {
  const named = own(index.shared, file);
  return named === undefined ? null : readNamedFile(store, named);
}

/** A file as the index names it. @throws StoreError `corrupt` when it is missing or has another SHA-256 */
export async function readNamedFile(store: ArtifactStore, named: SnapshotFile): Promise<Uint8Array> {
  const found = await store.get(named.key);
  if (found === null) throw damaged(store, named.key, "is missing");
  if ((await sha256Hex(found.body)) !== named.sha256) {
    throw damaged(store, named.key, "is not what was published (another SHA-256)");
  }
  return found.body;
}

/** @throws StoreError as `readIndex` */
export async function readStoredIndex(store: ArtifactStore): Promise<StoredIndex | null> {
  const found = await store.get(INDEX_KEY);
  if (found === null) return null;
  try {
    const index = parseDocument(indexSchema, INDEX_KEY, found.body);
    checkNames(index);
    return { index, etag: found.etag };
  } catch (cause) {
    if (!(cause instanceof ArtifactError)) throw cause;
    const message =
      cause.reason === "newer-schema"
        ? cause.message
        : `${cause.message} ${restoring(store)} Nothing was changed.`;
    throw new StoreError(cause.reason, INDEX_KEY, message, { cause });
  }
}

/**
 * The index for a run that is about to build on it. Where none stands although `trend.json` does, it was lost: to start
 * again at generation 1 would forget every month.
 */
export async function readIndexToReplace(store: ArtifactStore): Promise<StoredIndex | null> {
  const pointer = await readStoredIndex(store);
  if (pointer !== null || (await store.head(TREND_FILE)) === null) return pointer;
  // Another run may have published its first generation between the two answers.
  const published = await readStoredIndex(store);
  if (published !== null) return published;
  throw new StoreError(
    "corrupt",
    INDEX_KEY,
    `${INDEX_KEY} is missing in ${store.place} although ${TREND_FILE} stands there. ${restoring(store)} ` +
      `To start anew, choose an empty place. Nothing was changed.`,
  );
}

function checkNames(index: IndexDocument): void {
  const months = Object.keys(index.snapshot).sort().reverse();
  if (months.join() !== index.periods.join()) {
    throw new ArtifactError(
      "corrupt",
      INDEX_KEY,
      `${INDEX_KEY} is not as published: its periods are not the months that it has snapshots of, newest first.`,
    );
  }
  for (const [month, { run_id, files }] of Object.entries(index.snapshot)) {
    for (const [file, { key }] of Object.entries(files)) checkName(key, file, month, run_id);
  }
  for (const [file, { key }] of Object.entries(index.shared)) checkName(key, file, null, null);
}

/** The index may be written by any hand: what it names must be a run's file, and the one that it says it is. */
function checkName(key: string, file: string, month: Month | null, run: string | null): void {
  const named = parseKey(key);
  const asSaid = named !== null && named.file === file && named.month === month;
  if (asSaid && named.run !== null && (run === null || named.run === run)) return;
  throw new ArtifactError(
    "corrupt",
    INDEX_KEY,
    `${INDEX_KEY} is not as published: ${JSON.stringify(key.slice(0, 80))} does not stand for ${month ?? "all months"}, ${JSON.stringify(file.slice(0, 80))}.`,
  );
}

const restoring = (store: ArtifactStore) =>
  store.place.startsWith("s3://")
    ? `Restore the previous version of ${INDEX_KEY} in ${store.place}.`
    : `In ${store.place} the generations stand under _index/: move the newest one away, and the one before holds again.`;

const damaged = (store: ArtifactStore, key: string, what: string) =>
  new StoreError(
    "corrupt",
    key,
    `${key} in ${store.place} ${what}. Restore it from a copy, or collect its month again with --force.`,
  );

function own<Value>(record: Readonly<Record<string, Value>> | undefined, name: string): Value | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
