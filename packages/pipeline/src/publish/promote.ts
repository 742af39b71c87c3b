import type { Month } from "@dapanoskop/core/calendar";
import { type ArtifactStore, type PutOutcome, type StoredHead, StoreError } from "@dapanoskop/core/store";
import {
  type IndexDocument,
  parseKey,
  readNamedFile,
  readStoredIndex,
  type SnapshotFile,
  type StoredIndex,
  sha256Hex,
  stableKey,
} from "@dapanoskop/dataset";
import { cacheControlOf, contentTypeOf } from "@dapanoskop/edge";
import { isOutcomeUnknown } from "./retry.ts";

/** How often a new index is followed, and how often a key that other runs write is tried. */
const ROUNDS = 10;
const ATTEMPTS = 5;

export interface PromotionScope {
  /** `null`: all of them. */
  readonly months: ReadonlySet<Month> | null;
  /** Contents that are in memory, by SHA-256: they need not be read again. */
  readonly bodies: ReadonlyMap<string, Uint8Array>;
  /** Milliseconds; `promote` stops early when none are left. */
  timeLeft(): number;
}

export interface Promotion {
  /** Stable keys that were written. */
  readonly written: readonly string[];
  /** Sentences about keys that are not promoted yet. Empty: everything in scope is. */
  readonly warnings: readonly string[];
}

/**
 * Writes the stable keys that are older than the index says: of each month the parquet files, then its summary; the
 * files about all months last. Then reads the index again, and repeats while it changed. Where a store cannot tell
 * generations apart (a folder keeps no metadata, an S3 etag names contents only) a slow run may replace a newer file by
 * an older one; this loop then repairs what the run itself did.
 * @throws StoreError when the index cannot be read
 */
export async function promote(
  store: ArtifactStore,
  stored: StoredIndex,
  scope: PromotionScope,
): Promise<Promotion> {
  const written = new Set<string>();
  let current = stored;
  for (let round = 1; round <= ROUNDS; round++) {
    const pass = await promoteOnce(store, current, scope);
    for (const key of pass.written) written.add(key);
    if (!pass.mayHaveWritten && !pass.foundNewer) return { written: [...written], warnings: pass.warnings };
    const next = await readStoredIndex(store);
    if (next === null) throw indexVanished(store);
    if (next.etag === current.etag) {
      const warnings = pass.foundNewer ? [...pass.warnings, indexRolledBack(next)] : pass.warnings;
      return { written: [...written], warnings };
    }
    current = next;
  }
  return {
    written: [...written],
    warnings: [`Other runs replaced the index of ${store.place} while its stable keys were written.`],
  };
}

interface Pass extends Promotion {
  /** Something was written, or may have been: only the index says whether it is still right. */
  readonly mayHaveWritten: boolean;
  /** A stable key is of a later generation than the index that was followed. */
  readonly foundNewer: boolean;
}

async function promoteOnce(
  store: ArtifactStore,
  { index }: StoredIndex,
  scope: PromotionScope,
): Promise<Pass> {
  const written: string[] = [];
  const warnings: string[] = [];
  let mayHaveWritten = false;
  let foundNewer = false;
  for (const group of inOrder(index, scope)) {
    for (const [key, named] of group) {
      if (scope.timeLeft() <= 0) {
        warnings.push(
          `${key} and the keys after it do not have generation ${index.generation} yet: the time was over.`,
        );
        return { written, warnings, mayHaveWritten, foundNewer };
      }
      try {
        const outcome = await promoteKey(store, key, named, index.generation, scope.bodies);
        if (outcome === "written") written.push(key);
        if (outcome === "newer") foundNewer = true;
        mayHaveWritten ||= outcome === "written";
      } catch (failure) {
        if (!(failure instanceof StoreError)) throw failure;
        warnings.push(`${key} does not have generation ${index.generation} yet: ${failure.message}`);
        mayHaveWritten = true;
        break; // the summary must not be written before the files whose hashes it names
      }
    }
  }
  return { written, warnings, mayHaveWritten, foundNewer };
}

type PromotedKeys = readonly (readonly [key: string, named: SnapshotFile])[];

function inOrder(index: IndexDocument, { months }: PromotionScope): readonly PromotedKeys[] {
  const groups = index.periods
    .filter((period) => months === null || months.has(period))
    .map((period) =>
      Object.entries(index.snapshot[period]?.files ?? {})
        .sort(([a], [b]) => Number(a.endsWith(".json")) - Number(b.endsWith(".json")) || (a < b ? -1 : 1))
        .map(([file, named]) => [stableKey(period, file), named] as const),
    );
  return [...groups, ...Object.entries(index.shared).map((entry) => [entry])];
}

async function promoteKey(
  store: ArtifactStore,
  key: string,
  named: SnapshotFile,
  generation: number,
  bodies: ReadonlyMap<string, Uint8Array>,
): Promise<"in-place" | "newer" | "written"> {
  const run = parseKey(named.key)?.run ?? "";
  for (let attempt = 1, wasSent = false; ; attempt++) {
    const head = await store.head(key);
    const state = head === null ? "older" : await compare(store, key, head, named, run, generation);
    // A put whose answer was lost may have written this content.
    if (state !== "older") return wasSent ? "written" : state;
    const object = {
      body: bodies.get(named.sha256) ?? (await readNamedFile(store, named)),
      contentType: contentTypeOf(key),
      sha256: named.sha256,
      cacheControl: cacheControlOf(key),
      metadata: { generation: String(generation), "run-id": run },
    };
    const put = await refusedIfUnknown(
      () => (head === null ? store.putIfAbsent(key, object) : store.putIfMatch(key, object, head.etag)),
      attempt,
    );
    wasSent = true;
    if (put.outcome === "written") return "written";
    if (attempt === ATTEMPTS) {
      throw new StoreError("contention", key, `Other runs kept writing ${key} in ${store.place}.`);
    }
  }
}

/** Whether a stable key has the file that the index names. Where it carries no generation, its content is compared. */
async function compare(
  store: ArtifactStore,
  key: string,
  head: StoredHead,
  named: SnapshotFile,
  run: string,
  generation: number,
): Promise<"in-place" | "newer" | "older"> {
  const { generation: stated = "", "run-id": statedRun } = head.metadata;
  if (/^[1-9]\d{0,14}$/.test(stated) && statedRun !== undefined) {
    if (statedRun === run) return "in-place";
    return Number(stated) > generation ? "newer" : "older";
  }
  if (head.bytes !== named.bytes) return "older";
  const sha256 = head.sha256 ?? (await contentHash(store, key));
  return sha256 === named.sha256 ? "in-place" : "older";
}

async function contentHash(store: ArtifactStore, key: string): Promise<string | null> {
  const found = await store.get(key);
  return found === null ? null : sha256Hex(found.body);
}

// The head that follows tells whether a put without an answer took effect.
async function refusedIfUnknown(put: () => Promise<PutOutcome>, attempt: number): Promise<PutOutcome> {
  try {
    return await put();
  } catch (failure) {
    if (isOutcomeUnknown(failure) && attempt < ATTEMPTS) return { outcome: "refused" };
    throw failure;
  }
}

const indexVanished = (store: ArtifactStore) =>
  new StoreError(
    "corrupt",
    null,
    `index.json vanished from ${store.place} while its stable keys were written.`,
  );

const indexRolledBack = ({ index: { generation } }: StoredIndex) =>
  `Stable keys are of a later generation than index.json, which is generation ${generation}: it was probably restored to ` +
  "an earlier version. They are not changed until the index has passed them.";
