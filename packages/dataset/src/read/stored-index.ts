import { type ArtifactStore, StoreError } from "@dapanoskop/core/store";
import type { IndexDocument } from "../documents/index-document.ts";
import { ArtifactError } from "../documents/parse.ts";
import { INDEX_KEY, TREND_FILE } from "../keys/file-kinds.ts";
import { parseIndex } from "./named-file.ts";

/** The index as it is stored, and the etag that a put must match to replace exactly this one. */
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

/** @throws StoreError as `readIndex` */
export async function readStoredIndex(store: ArtifactStore): Promise<StoredIndex | null> {
  const found = await store.get(INDEX_KEY);
  if (found === null) return null;
  try {
    return { index: parseIndex(found.body), etag: found.etag };
  } catch (cause) {
    if (!(cause instanceof ArtifactError)) throw cause;
    const message =
      cause.reason === "newer-schema"
        ? cause.message
        : `${cause.message} ${howToRestore(store)} Nothing was changed.`;
    throw new StoreError(cause.reason, INDEX_KEY, message, { cause });
  }
}

/**
 * The index for a run that will replace it. If there is none although `trend.json` exists, it was lost: a new generation 1
 * would not name the published months.
 * @throws StoreError as `readIndex`, and `corrupt` when the index was lost
 */
export async function readIndexToReplace(store: ArtifactStore): Promise<StoredIndex | null> {
  const stored = await readStoredIndex(store);
  if (stored !== null || (await store.head(TREND_FILE)) === null) return stored;
  // Another run may have published its first generation between the two answers.
  const published = await readStoredIndex(store);
  if (published !== null) return published;
  throw new StoreError(
    "corrupt",
    INDEX_KEY,
    `${INDEX_KEY} is missing in ${store.place} although ${TREND_FILE} exists there. ${howToRestore(store)} ` +
      `To start from the beginning, choose an empty place. Nothing was changed.`,
  );
}

const howToRestore = (store: ArtifactStore) =>
  store.place.startsWith("s3://")
    ? `Restore the previous version of ${INDEX_KEY} in ${store.place}.`
    : `${store.place} has every generation under _index/: move the newest one away, and the one before is the index again.`;
