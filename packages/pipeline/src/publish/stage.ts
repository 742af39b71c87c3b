import type { Runtime } from "@dapanoskop/core/runtime";
import { type ArtifactStore, StoreError } from "@dapanoskop/core/store";
import { type SnapshotFile, sha256Hex } from "@dapanoskop/dataset";
import { cacheControlOf } from "@dapanoskop/edge";
import { isOutcomeUnknown, pauseBeforeRetry } from "./retry.ts";

/** Attempts at a staged file whose answers were lost. The client of the store has already retried each. */
const ATTEMPTS = 5;

/**
 * Puts a run's file under its own key, which never changes afterwards. If the key exists, an earlier attempt of this run
 * wrote it and its answer was lost: the hash decides.
 * @throws StoreError `corrupt` when the key has another content
 */
export async function stage(
  store: ArtifactStore,
  key: string,
  file: { readonly body: Uint8Array; readonly contentType: string },
  runId: string,
  runtime: Runtime,
): Promise<SnapshotFile> {
  const { body, contentType } = file;
  const sha256 = await sha256Hex(body);
  const object = {
    body,
    contentType,
    sha256,
    cacheControl: cacheControlOf(key),
    metadata: { "run-id": runId },
  };
  for (let attempt = 1; ; attempt++) {
    try {
      const put = await store.putIfAbsent(key, object);
      if (put.outcome === "refused") await checkSame(store, key, sha256);
      return { key, sha256, bytes: body.length };
    } catch (failure) {
      if (!isOutcomeUnknown(failure) || attempt === ATTEMPTS || !(await pauseBeforeRetry(runtime, attempt)))
        throw failure;
    }
  }
}

async function checkSame(store: ArtifactStore, key: string, sha256: string): Promise<void> {
  const existing = await store.get(key);
  // S3 also refuses while another put of the key is in progress; then the key may not exist yet.
  if (existing === null) {
    throw new StoreError("unknown-outcome", key, `${key} was refused in ${store.place}, but does not exist.`);
  }
  if ((await sha256Hex(existing.body)) === sha256) return;
  throw new StoreError(
    "corrupt",
    key,
    `${key} in ${store.place} exists with another content under this run's own id. Nothing was published; run again under a new id.`,
  );
}
