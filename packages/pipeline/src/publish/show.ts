import type { Month } from "@dapanoskop/core/calendar";
import { type ArtifactStore, type PutOutcome, type StoredHead, StoreError } from "@dapanoskop/core/store";
import {
  type IndexDocument,
  type Pointer,
  parseKey,
  readNamed,
  readPointer,
  type SnapshotFile,
  sha256Hex,
  stableKey,
} from "@dapanoskop/dataset";
import { cacheControlOf, contentTypeOf } from "@dapanoskop/edge";
import { wasLost } from "./patience.ts";

/** How often a moving index is followed, and how often a key that others write is tried. */
const ROUNDS = 10;
const ATTEMPTS = 5;

export interface ShowScope {
  /** `null`: all of them. */
  readonly months: ReadonlySet<Month> | null;
  /** Contents that are at hand, by SHA-256: they need not be read again. */
  readonly bodies: ReadonlyMap<string, Uint8Array>;
  /** Milliseconds; `show` stops early when none are left. */
  timeLeft(): number;
}

export interface Shown {
  /** Stable keys that were written. */
  readonly written: readonly string[];
  /** Sentences about what is not shown yet. Empty: everything in scope is. */
  readonly troubles: readonly string[];
}

/**
 * Writes the stable keys that are older than the index says: of each month the parquet files, then its summary; the
 * files about all months last. Then reads the index again, and repeats while it moved: where a store cannot tell
 * generations apart (a folder keeps no metadata, an S3 etag names contents only) a slow run's older file may have
 * slipped over a newer one, and this run mends what it did.
 * @throws StoreError when the index cannot be read
 */
export async function show(store: ArtifactStore, pointer: Pointer, scope: ShowScope): Promise<Shown> {
  const written = new Set<string>();
  let current = pointer;
  for (let round = 1; round <= ROUNDS; round++) {
    const pass = await showOnce(store, current, scope);
    for (const key of pass.written) written.add(key);
    if (!pass.unsure && !pass.metNewer) return { written: [...written], troubles: pass.troubles };
    const next = await readPointer(store);
    if (next === null) throw vanished(store);
    if (next.etag === current.etag) {
      const troubles = pass.metNewer ? [...pass.troubles, rolledBack(next)] : pass.troubles;
      return { written: [...written], troubles };
    }
    current = next;
  }
  return { written: [...written], troubles: [`The index of ${store.place} kept moving while it was shown.`] };
}

interface Pass extends Shown {
  /** Something was written, or may have been: whether it was still right, the index tells. */
  readonly unsure: boolean;
  /** A stable key claims a later generation than the index that was followed. */
  readonly metNewer: boolean;
}

async function showOnce(store: ArtifactStore, { index }: Pointer, scope: ShowScope): Promise<Pass> {
  const written: string[] = [];
  const troubles: string[] = [];
  let unsure = false;
  let metNewer = false;
  for (const group of inOrder(index, scope)) {
    for (const [key, named] of group) {
      if (scope.timeLeft() <= 0) {
        troubles.push(
          `${key} and what follows it do not show generation ${index.generation} yet: the time was over.`,
        );
        return { written, troubles, unsure, metNewer };
      }
      try {
        const outcome = await showKey(store, key, named, index.generation, scope.bodies);
        if (outcome === "written") written.push(key);
        if (outcome === "newer") metNewer = true;
        unsure ||= outcome === "written";
      } catch (trouble) {
        if (!(trouble instanceof StoreError)) throw trouble;
        troubles.push(`${key} does not show generation ${index.generation} yet: ${trouble.message}`);
        unsure = true;
        break; // the summary must not be shown before the files whose hashes it names
      }
    }
  }
  return { written, troubles, unsure, metNewer };
}

type Group = readonly (readonly [key: string, named: SnapshotFile])[];

function inOrder(index: IndexDocument, { months }: ShowScope): readonly Group[] {
  const groups = index.periods
    .filter((period) => months === null || months.has(period))
    .map((period) =>
      Object.entries(index.snapshot[period]?.files ?? {})
        .sort(([a], [b]) => Number(a.endsWith(".json")) - Number(b.endsWith(".json")) || (a < b ? -1 : 1))
        .map(([file, named]) => [stableKey(period, file), named] as const),
    );
  return [...groups, ...Object.entries(index.shared).map((entry) => [entry])];
}

async function showKey(
  store: ArtifactStore,
  key: string,
  named: SnapshotFile,
  generation: number,
  bodies: ReadonlyMap<string, Uint8Array>,
): Promise<"in-place" | "newer" | "written"> {
  const run = parseKey(named.key)?.run ?? "";
  for (let attempt = 1, sent = false; ; attempt++) {
    const head = await store.head(key);
    const standing = head === null ? "older" : await compare(store, key, head, named, run, generation);
    // What stands there may be what was sent before, its answer lost.
    if (standing !== "older") return sent ? "written" : standing;
    const object = {
      body: bodies.get(named.sha256) ?? (await readNamed(store, named)),
      contentType: contentTypeOf(key),
      sha256: named.sha256,
      cacheControl: cacheControlOf(key),
      metadata: { generation: String(generation), "run-id": run },
    };
    const put = await lostIsRefused(
      () => (head === null ? store.putIfAbsent(key, object) : store.putIfMatch(key, object, head.etag)),
      attempt,
    );
    sent = true;
    if (put.outcome === "written") return "written";
    if (attempt === ATTEMPTS) {
      throw new StoreError("contention", key, `Others kept writing ${key} in ${store.place}.`);
    }
  }
}

/** Whether a stable key shows what the index names. Where it carries no generation, its content is compared. */
async function compare(
  store: ArtifactStore,
  key: string,
  head: StoredHead,
  named: SnapshotFile,
  run: string,
  generation: number,
): Promise<"in-place" | "newer" | "older"> {
  const { generation: claimed = "", "run-id": claimedRun } = head.metadata;
  if (/^[1-9]\d{0,14}$/.test(claimed) && claimedRun !== undefined) {
    if (claimedRun === run) return "in-place";
    return Number(claimed) > generation ? "newer" : "older";
  }
  if (head.bytes !== named.bytes) return "older";
  const standing = head.sha256 ?? (await contentHash(store, key));
  return standing === named.sha256 ? "in-place" : "older";
}

async function contentHash(store: ArtifactStore, key: string): Promise<string | null> {
  const found = await store.get(key);
  return found === null ? null : sha256Hex(found.body);
}

// The head that follows tells what a lost put did.
async function lostIsRefused(put: () => Promise<PutOutcome>, attempt: number): Promise<PutOutcome> {
  try {
    return await put();
  } catch (failure) {
    if (wasLost(failure) && attempt < ATTEMPTS) return { outcome: "refused" };
    throw failure;
  }
}

const vanished = (store: ArtifactStore) =>
  new StoreError("corrupt", null, `index.json vanished from ${store.place} while it was being shown.`);

const rolledBack = ({ index: { generation } }: Pointer) =>
  `Stable keys claim a later generation than index.json, which stands at ${generation}: it was probably restored to an ` +
  "earlier version. They are left alone until the index has passed them.";
