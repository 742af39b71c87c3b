import type { ArtifactStore } from "@dapanoskop/core/store";
import type { IndexDocument } from "@dapanoskop/dataset";
import { readPointerToReplace } from "@dapanoskop/dataset";
import { show } from "./show.ts";

export interface Recovery {
  /** The index as it was found; `null` when nothing was published yet. */
  readonly index: IndexDocument | null;
  /** Stable keys that were older than the index said, and were written again. */
  readonly rewritten: readonly string[];
  /** Sentences about what could not be mended. The run may go on. */
  readonly warnings: readonly string[];
}

/**
 * Completes what an earlier run committed but did not live to show. Begins every run. On an ordinary day it reads the
 * index and asks for one head a published file.
 * @throws StoreError when the index cannot be read: nothing may be published over it
 */
export async function recover(store: ArtifactStore): Promise<Recovery> {
  const pointer = await readPointerToReplace(store);
  if (pointer === null) return { index: null, rewritten: [], warnings: [] };
  await store.repair?.();
  const { written, troubles } = await show(store, pointer, {
    months: null,
    bodies: new Map(),
    timeLeft: () => Number.POSITIVE_INFINITY,
  });
  return { index: pointer.index, rewritten: written, warnings: troubles };
}
