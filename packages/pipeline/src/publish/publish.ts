import type { Month } from "@dapanoskop/core/calendar";
import type { Runtime } from "@dapanoskop/core/runtime";
import { type ArtifactStore, StoreError } from "@dapanoskop/core/store";
import { type SnapshotFile, type StoredIndex, stagedKey } from "@dapanoskop/dataset";
import { commit } from "./commit.ts";
import type { StagedMonth } from "./merge.ts";
import { type Promotion, promote } from "./promote.ts";
import { checkRun, type PublishResult, type PublishRun } from "./publish-run.ts";
import { stage } from "./stage.ts";

/**
 * Publishes the months of a run: stages them, commits them by replacing the index, then promotes them to their stable
 * keys. Either all months that are newer than the published ones become visible at once, or nothing changes. Any number
 * of runs may publish at the same moment, and each of them may be killed at any point.
 * @throws StoreError when nothing was published, or when that is not known; RangeError when the run is malformed
 */
export async function publish(
  store: ArtifactStore,
  run: PublishRun,
  runtime: Runtime,
): Promise<PublishResult> {
  checkRun(run);
  const bodies = new Map<string, Uint8Array>();
  const staged: StagedMonth[] = [];
  for (const month of run.months) {
    const files = new Map<string, SnapshotFile>();
    for (const file of month.files) {
      const key = stagedKey(run.runId, month.period, file.name);
      const named = await stage(store, key, file, run.runId, runtime);
      files.set(file.name, named);
      bodies.set(named.sha256, file.body);
    }
    staged.push({ month, files });
  }

  const { generation, months, stored, bodies: shared } = await commit(store, run, staged, runtime);
  if (generation === null || stored === null) {
    return { runId: run.runId, generation, months, promoted: true, warnings: [] };
  }
  const published = new Set(
    months.filter(({ outcome }) => outcome === "published").map(({ period }) => period),
  );
  const { warnings } = await promoteCommitted(
    store,
    stored,
    published,
    new Map([...bodies, ...shared]),
    runtime,
  );
  return { runId: run.runId, generation, months, promoted: warnings.length === 0, warnings };
}

/** What is committed is published. A failure to promote it is a warning, and the next `recover` completes it. */
async function promoteCommitted(
  store: ArtifactStore,
  stored: StoredIndex,
  months: ReadonlySet<Month>,
  bodies: ReadonlyMap<string, Uint8Array>,
  { deadline }: Runtime,
): Promise<Promotion> {
  try {
    return await promote(store, stored, { months, bodies, timeLeft: () => deadline.timeLeft() });
  } catch (failure) {
    if (!(failure instanceof StoreError)) throw failure;
    return {
      written: [],
      warnings: [
        `Generation ${stored.index.generation} is published, but its stable keys could not be checked: ${failure.message}`,
      ],
    };
  }
}
