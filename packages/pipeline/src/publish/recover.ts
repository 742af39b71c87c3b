import type { ArtifactStore } from "@dapanoskop/core/store";
import { type IndexDocument, readIndexToReplace } from "@dapanoskop/dataset";
import { promote } from "./promote.ts";

export interface Recovery {
  /** The index as it was found; `null` when nothing was published yet. */
  readonly index: IndexDocument | null;
  /** Stable keys that were older than the index says, and were written again. */
  readonly rewritten: readonly string[];
  /** Sentences about what could not be repaired. The run may continue. */
  readonly warnings: readonly string[];
}

/**
 * Completes the promotion of a run that committed and then failed. Every run begins with it. On an ordinary day it reads
 * the index and sends one head request per published file.
 * @throws StoreError when the index cannot be read: nothing may be published over it
 */
export async function recover(store: ArtifactStore): Promise<Recovery> {
  const stored = await readIndexToReplace(store);
  if (stored === null) return { index: null, rewritten: [], warnings: [] };
  await store.repair?.();
  const { written, warnings } = await promote(store, stored, {
    months: null,
    bodies: new Map(),
    timeLeft: () => Number.POSITIVE_INFINITY,
  });
  return { index: stored.index, rewritten: written, warnings };
}
