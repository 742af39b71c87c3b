import type { Runtime } from "@dapanoskop/core/runtime";
import { type ArtifactStore, type PutOutcome, StoreError } from "@dapanoskop/core/store";
import {
  INDEX_KEY,
  type IndexDocument,
  readIndexToReplace,
  renderDocument,
  type StoredIndex,
} from "@dapanoskop/dataset";
import { cacheControlOf, contentTypeOf } from "@dapanoskop/edge";
import { generationOf, nextIndex, outcomesBefore, outcomesCommitted, type StagedMonth } from "./merge.ts";
import type { PublishedMonth, PublishRun } from "./publish-run.ts";
import { isOutcomeUnknown, pauseBeforeRetry } from "./retry.ts";
import { sharedStage } from "./shared-stage.ts";

/** Rounds of reading and replacing the index before a run gives up. */
const ROUNDS = 10;

export interface Commit {
  /** `null`: what is published is newer or the same, and nothing was left to commit. */
  readonly generation: number | null;
  readonly months: readonly PublishedMonth[];
  /** The index that was written or read last; `null` only for a run without months in an empty store. */
  readonly stored: StoredIndex | null;
  /** Contents of the files about all months that were rendered for any round, by SHA-256. */
  readonly bodies: ReadonlyMap<string, Uint8Array>;
}

/**
 * Replaces the index by one that names the run's files. If a put gives any answer but "written", its outcome counts as
 * unknown: the index is read again, and its history records whether the run committed.
 * @throws StoreError `contention` or `unknown-outcome` when the rounds or the time are used up
 */
export async function commit(
  store: ArtifactStore,
  run: PublishRun,
  staged: readonly StagedMonth[],
  runtime: Runtime,
): Promise<Commit> {
  const shared = sharedStage(store, run, runtime);
  const triedOutcomes = new Map<number, readonly PublishedMonth[]>();
  let stored: StoredIndex | null = null;
  let lastFailure: StoreError | null = null;
  let wasSent = false;
  for (let round = 1; ; round++) {
    try {
      stored = await readNext(store, stored);
      const index = stored?.index ?? null;
      const committed = generationOf(run.runId, index);
      if (index !== null && committed !== null) {
        const months = triedOutcomes.get(committed) ?? outcomesCommitted(run, index);
        return { generation: committed, months, stored, bodies: shared.bodies };
      }
      if (round > ROUNDS) break;

      const months = outcomesBefore(run, index);
      const accepted = months.filter(({ outcome }) => outcome === "published").map(({ period }) => period);
      if (accepted.length === 0) return { generation: null, months, stored, bodies: shared.bodies };
      const next = nextIndex(
        run,
        index,
        staged.filter(({ month }) => accepted.includes(month.period)),
        await shared.stageFor(stored, accepted),
      );
      triedOutcomes.set(next.generation, months);
      wasSent = true;
      const put = await replaceIndex(store, next, stored);
      if (put.outcome === "written") {
        const written = { index: next, etag: put.etag };
        return { generation: next.generation, months, stored: written, bodies: shared.bodies };
      }
    } catch (failure) {
      if (!isOutcomeUnknown(failure)) throw failure;
      lastFailure = failure;
      if (round > ROUNDS) break;
    }
    // Without time for another round, the history is still read once.
    if (!(await pauseBeforeRetry(runtime, round))) round = ROUNDS;
  }
  if (lastFailure !== null && !wasSent) throw lastFailure;
  throw notCommitted(store, run, lastFailure);
}

/** @throws StoreError `corrupt` when an index that was there is gone: without it every month that it named would be lost */
async function readNext(store: ArtifactStore, before: StoredIndex | null): Promise<StoredIndex | null> {
  const stored = await readIndexToReplace(store);
  if (stored !== null || before === null) return stored;
  throw new StoreError(
    "corrupt",
    INDEX_KEY,
    `${INDEX_KEY} vanished from ${store.place} while a run was publishing. Restore generation ${before.index.generation} of it.`,
  );
}

function replaceIndex(
  store: ArtifactStore,
  next: IndexDocument,
  stored: StoredIndex | null,
): Promise<PutOutcome> {
  const object = {
    body: renderDocument(next),
    contentType: contentTypeOf(INDEX_KEY),
    cacheControl: cacheControlOf(INDEX_KEY),
    metadata: { generation: String(next.generation), "run-id": next.run_id },
  };
  if (stored === null) return store.putIfAbsent(INDEX_KEY, object);
  return store.putIfMatch(INDEX_KEY, object, stored.etag);
}

function notCommitted(store: ArtifactStore, run: PublishRun, lastFailure: StoreError | null): StoreError {
  const months = run.months.map(({ period }) => period).join(", ");
  if (lastFailure === null) {
    const message = `Other runs kept publishing to ${store.place} while this one tried to publish ${months}; nothing of it was published. Run again.`;
    return new StoreError("contention", INDEX_KEY, message);
  }
  const message =
    `Whether ${months} was published to ${store.place} is not known: answers were lost, and ${INDEX_KEY} did not name run ` +
    `${run.runId} when it was read last. The previous data remains. Run again. (${lastFailure.message})`;
  return new StoreError("unknown-outcome", INDEX_KEY, message, { cause: lastFailure });
}
