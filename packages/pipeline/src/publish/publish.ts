import type { Month } from "@dapanoskop/core/calendar";
import type { Runtime } from "@dapanoskop/core/runtime";
import { type ArtifactStore, StoreError } from "@dapanoskop/core/store";
import type { Pointer } from "@dapanoskop/dataset";
import { type SnapshotFile, stagedKey } from "@dapanoskop/dataset";
import { commit } from "./commit.ts";
import type { StagedMonth } from "./merge.ts";
import { checkRun, type PublishResult, type PublishRun } from "./publish-run.ts";
import { type Shown, show } from "./show.ts";
import { stage } from "./stage.ts";

/**
 * Publishes a run's months: staged first, committed by one pointer, then shown under their stable keys. Either all of
 * its months that are newer than what stands become visible at once, or nothing changes. Any number of runs may do
 * this at the same moment, and any of them may be killed anywhere.
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

  const { generation, months, pointer, bodies: shared } = await commit(store, run, staged, runtime);
  if (generation === null || pointer === null) {
    return { runId: run.runId, generation, months, shown: true, warnings: [] };
  }
  const published = new Set(
    months.filter(({ outcome }) => outcome === "published").map(({ period }) => period),
  );
  const { troubles } = await showCommitted(
    store,
    pointer,
    published,
    new Map([...bodies, ...shared]),
    runtime,
  );
  return { runId: run.runId, generation, months, shown: troubles.length === 0, warnings: troubles };
}

/** What is committed is published: trouble in showing it is told, and healed by the next `recover`. */
async function showCommitted(
  store: ArtifactStore,
  pointer: Pointer,
  months: ReadonlySet<Month>,
  bodies: ReadonlyMap<string, Uint8Array>,
  runtime: Runtime,
): Promise<Shown> {
  try {
    return await show(store, pointer, { months, bodies, timeLeft: () => runtime.deadline.timeLeft() });
  } catch (trouble) {
    if (!(trouble instanceof StoreError)) throw trouble;
    return {
      written: [],
      troubles: [
        `Generation ${pointer.index.generation} is published, but its stable keys could not be checked: ${trouble.message}`,
      ],
    };
  }
}
