import type { Month } from "@dapanoskop/core/calendar";
import type { Runtime } from "@dapanoskop/core/runtime";
import type { ArtifactStore } from "@dapanoskop/core/store";
import {
  type IndexDocument,
  readNamedFile,
  type SnapshotFile,
  type StoredIndex,
  stagedSharedKey,
} from "@dapanoskop/dataset";
import { mergedPeriods } from "./merge.ts";
import type { PublishRun } from "./publish-run.ts";
import { stage } from "./stage.ts";

export interface SharedStage {
  /** Contents rendered so far, by SHA-256. */
  readonly bodies: ReadonlyMap<string, Uint8Array>;
  /** Renders and stages the run's shared files for the generation after `stored`. */
  stageFor(
    stored: StoredIndex | null,
    accepted: readonly Month[],
  ): Promise<ReadonlyMap<string, SnapshotFile>>;
}

/** Files about all months, rendered once for every index that the run tries to replace. */
export function sharedStage(store: ArtifactStore, run: PublishRun, runtime: Runtime): SharedStage {
  const bodies = new Map<string, Uint8Array>();
  const done = new Map<string | null, ReadonlyMap<string, SnapshotFile>>();
  return {
    bodies,
    async stageFor(stored, accepted) {
      const earlier = done.get(stored?.etag ?? null);
      if (earlier !== undefined) return earlier;
      const index = stored?.index ?? null;
      const generation = (index?.generation ?? 0) + 1;
      const files = new Map<string, SnapshotFile>();
      for (const { name, contentType, render } of run.shared) {
        const body = await render({
          periods: mergedPeriods(index, accepted),
          accepted,
          index,
          read: reader(store, index),
        });
        if (body === null) continue;
        const key = stagedSharedKey(run.runId, name, generation);
        const file = await stage(store, key, { body, contentType }, run.runId, runtime);
        files.set(name, file);
        bodies.set(file.sha256, body);
      }
      done.set(stored?.etag ?? null, files);
      return files;
    },
  };
}

function reader(store: ArtifactStore, index: IndexDocument | null) {
  const named = new Map<string, SnapshotFile>();
  for (const { files } of Object.values(index?.snapshot ?? {})) {
    for (const file of Object.values(files)) named.set(file.key, file);
  }
  for (const file of Object.values(index?.shared ?? {})) named.set(file.key, file);
  return async (key: string): Promise<Uint8Array | null> => {
    const file = named.get(key);
    if (file !== undefined) return readNamedFile(store, file);
    return (await store.get(key))?.body ?? null;
  };
}
