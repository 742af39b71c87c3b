import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ArtifactStore, StoreError } from "@dapanoskop/core/store";
import { readIndex } from "@dapanoskop/dataset";
import { publish, recover } from "@dapanoskop/pipeline/publish";
import {
  aRun,
  inconsistenciesAfterNextRun,
  killAtEveryCall,
  type RunOptions,
  seededRuntime,
  tornFiles,
} from "@dapanoskop/pipeline/publish/testing";
import { afterAll, describe, expect, it } from "vitest";
import { folderStore } from "./index.ts";
import { type FileFault, faultyFiles, unsyncedFiles } from "./testing/faulty-files.ts";

const home = mkdtemp(join(tmpdir(), "dapanoskop-faults-"));
afterAll(async () => rm(await home, { recursive: true, force: true }));

let folders = 0;
const aFolder = async () => join(await home, String(++folders));

// One file a month: what a kill between the files of a month does is tested in packages/pipeline, with the memory store.
const small = { files: ["summary.json"] } as const;
const YESTERDAY: RunOptions = {
  number: 1,
  at: "2026-03-08T06:00:00Z",
  months: ["2026-02", "2026-03"],
  ...small,
};
const TODAY: RunOptions = { number: 2, at: "2026-03-09T06:00:00Z", months: ["2026-03"], ...small };

async function filled(folder: string, before: readonly RunOptions[]): Promise<ArtifactStore> {
  const store = folderStore(folder, unsyncedFiles);
  for (const options of before) await publish(store, aRun(options), seededRuntime());
  return store;
}

async function act(store: ArtifactStore, run: RunOptions) {
  await recover(store);
  return publish(store, aRun(run), seededRuntime());
}

/** The old snapshot or the new one, whole; and the next run repairs the rest. */
async function expectWhole(
  store: ArtifactStore,
  old: unknown,
  run: RunOptions,
  fault: string,
): Promise<void> {
  expect(await tornFiles(store), fault).toEqual([]);
  const index = await readIndex(store);
  if (index?.run_id !== aRun(run).runId) expect(index, fault).toEqual(old);
  expect(await inconsistenciesAfterNextRun(store), fault).toEqual([]);
}

describe("a run into a folder", () => {
  const days: readonly (readonly [string, readonly RunOptions[], RunOptions])[] = [
    ["a first publication", [], TODAY],
    ["a second publication", [YESTERDAY], TODAY],
    ["a backfill", [YESTERDAY], { ...TODAY, months: ["2026-01", "2026-02", "2026-03"] }],
  ];

  it.each(days)("may be killed before and after every call to the store: %s", async (_, before, run) => {
    const old = await readIndex(await filled(await aFolder(), before));
    const kills = await killAtEveryCall({
      open: async () => filled(await aFolder(), before),
      act: (store) => act(store, run),
      check: (store, fault) => expectWhole(store, old, run, fault),
    });
    expect(kills).toBeGreaterThan(20);
  });

  const faults: readonly (readonly [string, FileFault, readonly RunOptions[]])[] = [
    ["may be killed at every change of the file system, a first one", "killed", []],
    [
      "may be killed at every change of the file system, a second one",
      "killed",
      [{ ...YESTERDAY, months: ["2026-03"] }],
    ],
    ["may find the disk full at every write, a first one", "full", []],
    ["may find the disk full at every write, a second one", "full", [{ ...YESTERDAY, months: ["2026-03"] }]],
  ];

  it.each(faults)("%s", async (_, kind, before) => {
    const run = TODAY;
    const old = await readIndex(await filled(await aFolder(), before));
    for (let nth = 1; ; nth++) {
      const folder = await aFolder();
      const store = await filled(folder, before);
      const files = faultyFiles(nth, kind);
      const result = await act(folderStore(folder, files.fs), run).catch((error: unknown) => error);
      const fault = files.happened();
      if (fault === null) {
        expect(nth).toBeGreaterThan(kind === "killed" ? 25 : 15);
        return;
      }
      if (kind === "full") {
        const committed = (await readIndex(store))?.run_id === aRun(run).runId;
        if (committed) expect(result, fault).toMatchObject({ generation: before.length + 1 });
        else expect(result, fault).toMatchObject({ failure: "no-space", name: StoreError.name });
      }
      await expectWhole(store, old, run, fault);
      const names = (await readdir(join(folder, "_index"))).filter((name) => name.endsWith(".json"));
      const newest = Math.max(...names.map((name) => Number.parseInt(name, 10)));
      const plain = await readFile(join(folder, "index.json"), "utf8");
      expect(plain, fault).toBe(await readFile(join(folder, "_index", `${newest}.json`), "utf8"));
    }
  });
});
