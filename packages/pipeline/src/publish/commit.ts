import type { Runtime } from "@dapanoskop/core/runtime";
import { type ArtifactStore, type PutOutcome, StoreError } from "@dapanoskop/core/store";
import {
  INDEX_KEY,
  type IndexDocument,
  type Pointer,
  readPointerToReplace,
  renderDocument,
} from "@dapanoskop/dataset";
import { cacheControlOf, contentTypeOf } from "@dapanoskop/edge";
import { generationOf, judge, judgeCommitted, nextIndex, type StagedMonth } from "./merge.ts";
import { mayPause, wasLost } from "./patience.ts";
import type { PublishedMonth, PublishRun } from "./publish-run.ts";
import { sharedStage } from "./shared-stage.ts";

/** Rounds of reading and replacing the index before a run gives up. */
const ROUNDS = 10;

export interface Commit {
  /** `null`: what stands is newer or the same, nothing was left to commit. */
  readonly generation: number | null;
  readonly months: readonly PublishedMonth[];
  /** The index that was written, or the one that told how it ended; `null` only for a run without months in an empty store. */
  readonly pointer: Pointer | null;
  /** Contents of the files about all months that were rendered on the way, by SHA-256. */
  readonly bodies: ReadonlyMap<string, Uint8Array>;
}

/**
 * Replaces the index by one that names the run's files. Whatever a put answers but "written", its outcome counts as
 * unknown: the index is read again, and its history tells whether the run committed.
 * @throws StoreError `contention` or `unknown-outcome` when the rounds or the time are used up
 */
export async function commit(
  store: ArtifactStore,
  run: PublishRun,
  staged: readonly StagedMonth[],
  runtime: Runtime,
): Promise<Commit> {
  const shared = sharedStage(store, run, runtime);
  const tried = new Map<number, readonly PublishedMonth[]>();
  let known: Pointer | null = null;
  let lost: StoreError | null = null;
  let sent = false;
  for (let round = 1; ; round++) {
    try {
      known = await readOnward(store, known);
      const index = known?.index ?? null;
      const committed = generationOf(run.runId, index);
      if (index !== null && committed !== null) {
        const months = tried.get(committed) ?? judgeCommitted(run, index);
        return { generation: committed, months, pointer: known, bodies: shared.bodies };
      }
      if (round > ROUNDS) break;

      const months = judge(run, index);
      const accepted = months.filter(({ outcome }) => outcome === "published").map(({ period }) => period);
      if (accepted.length === 0) return { generation: null, months, pointer: known, bodies: shared.bodies };
      const next = nextIndex(
        run,
        index,
        staged.filter(({ month }) => accepted.includes(month.period)),
        await shared.stageFor(known, accepted),
      );
      tried.set(next.generation, months);
      sent = true;
      const put = await replaceIndex(store, next, known);
      if (put.outcome === "written") {
        const pointer = { index: next, etag: put.etag };
        return { generation: next.generation, months, pointer, bodies: shared.bodies };
      }
    } catch (failure) {
      if (!wasLost(failure)) throw failure;
      lost = failure;
      if (round > ROUNDS) break;
    }
    // Without time for another round, the history is still asked once.
    if (!(await mayPause(runtime, round))) round = ROUNDS;
  }
  if (lost !== null && !sent) throw lost;
  throw gaveUp(store, run, lost);
}

/** @throws StoreError `corrupt` when an index that was there is gone: to go on would forget every month that it named */
async function readOnward(store: ArtifactStore, known: Pointer | null): Promise<Pointer | null> {
  const pointer = await readPointerToReplace(store);
  if (pointer !== null || known === null) return pointer;
  throw new StoreError(
    "corrupt",
    INDEX_KEY,
    `${INDEX_KEY} vanished from ${store.place} while a run was publishing. Restore generation ${known.index.generation} of it.`,
  );
}

function replaceIndex(store: ArtifactStore, next: IndexDocument, known: Pointer | null): Promise<PutOutcome> {
  const object = {
    body: renderDocument(next),
    contentType: contentTypeOf(INDEX_KEY),
    cacheControl: cacheControlOf(INDEX_KEY),
    metadata: { generation: String(next.generation), "run-id": next.run_id },
  };
  if (known === null) return store.putIfAbsent(INDEX_KEY, object);
  return store.putIfMatch(INDEX_KEY, object, known.etag);
}

function gaveUp(store: ArtifactStore, run: PublishRun, lost: StoreError | null): StoreError {
  const months = run.months.map(({ period }) => period).join(", ");
  if (lost === null) {
    const message = `Other runs kept publishing to ${store.place} while this one tried ${months}; nothing of it was published. Run again.`;
    return new StoreError("contention", INDEX_KEY, message);
  }
  const message =
    `Whether ${months} was published to ${store.place} is not known: answers were lost, and ${INDEX_KEY} did not name run ` +
    `${run.runId} when it was read last. What stood before is intact. Run again. (${lost.message})`;
  return new StoreError("unknown-outcome", INDEX_KEY, message, { cause: lost });
}
