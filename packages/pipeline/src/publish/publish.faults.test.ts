import { monthsFrom } from "@dapanoskop/core/calendar";
import {
  type ArtifactStore,
  type StoreCall,
  StoreError,
  type StoreFailure,
  withHooks,
} from "@dapanoskop/core/store";
import { testClock } from "@dapanoskop/core/testing";
import { readIndex } from "@dapanoskop/dataset";
import { type MemoryStore, memoryStore } from "@dapanoskop/dataset/store";
import { describe, expect, it } from "vitest";
import { publish } from "./publish.ts";
import { recover } from "./recover.ts";
import {
  aRun,
  inconsistenciesAfterNextRun,
  killAtEveryCall,
  loseEveryPut,
  type RunOptions,
  seededRuntime,
  tornFiles,
} from "./testing/index.ts";

const YESTERDAY = "2026-03-08T06:00:00Z";
const TODAY = "2026-03-09T06:00:00Z";

interface Publication {
  readonly title: string;
  readonly before: readonly RunOptions[];
  readonly run: RunOptions;
}

const publications: readonly Publication[] = [
  { title: "a first publication", before: [], run: { number: 2, at: TODAY } },
  { title: "a second publication", before: [{ number: 1, at: YESTERDAY }], run: { number: 2, at: TODAY } },
  {
    title: "a backfill",
    before: [{ number: 1, at: YESTERDAY }],
    run: { number: 2, at: TODAY, months: monthsFrom("2025-12", "2026-03") },
  },
];

async function storeWith(before: readonly RunOptions[], metadata = true): Promise<MemoryStore> {
  const store = memoryStore({ metadata });
  for (const options of before) await publish(store, aRun(options), seededRuntime());
  return store;
}

async function act(store: ArtifactStore, run: RunOptions) {
  await recover(store);
  return publish(store, aRun(run), seededRuntime());
}

describe.each([true, false])("a run that is killed, in a store that keeps metadata: %s", (metadata) => {
  it.each(publications)(
    "leaves the old snapshot or the new one, and the next run repairs the rest: $title",
    async ({ before, run }) => {
      const old = await readIndex(await storeWith(before, metadata));
      const calls = await killAtEveryCall({
        open: () => storeWith(before, metadata),
        act: (store) => act(store, run),
        check: async (store, fault) => {
          expect(await tornFiles(store), fault).toEqual([]);
          const index = await readIndex(store);
          if (index?.run_id !== aRun(run).runId) expect(index, fault).toEqual(old);
          expect(await inconsistenciesAfterNextRun(store), fault).toEqual([]);
        },
      });
      expect(calls).toBeGreaterThan(40);
    },
  );
});

describe("a run that loses an answer", () => {
  it.each(publications)(
    "publishes nevertheless, and recognises its own writes: $title",
    async ({ before, run }) => {
      const losses = await loseEveryPut({
        open: () => storeWith(before),
        act: async (store) => {
          const { months, generation, promoted, warnings } = await act(store, run);
          expect(new Set(months.map(({ outcome }) => outcome))).toEqual(new Set(["published"]));
          expect({ generation, promoted, warnings }).toEqual({
            generation: before.length + 1,
            promoted: true,
            warnings: [],
          });
        },
        check: async (store, fault) => {
          expect((await readIndex(store))?.generation, fault).toBe(before.length + 1);
          expect(await inconsistenciesAfterNextRun(store), fault).toEqual([]);
        },
      });
      expect(losses).toBeGreaterThan(25);
    },
  );
});

describe("a run whose store does not answer", () => {
  const lost = (call: StoreCall) => {
    throw new StoreError("unknown-outcome", call.key, "A reset.");
  };
  const onPutOf = (key: string, hook: (call: StoreCall) => void) => (call: StoreCall) => {
    if (call.verb.startsWith("put") && call.key === key) hook(call);
  };

  it("stops after ten rounds, says that the outcome is not known, and the previous data remains", async () => {
    const store = await storeWith([{ number: 1, at: YESTERDAY }]);
    const clock = testClock();
    const runtime = { ...seededRuntime(), clock };
    const client = withHooks(store, { before: onPutOf("index.json", lost) });
    await expect(publish(client, aRun({ number: 2, at: TODAY }), runtime)).rejects.toMatchObject({
      failure: "unknown-outcome",
      message: expect.stringMatching(/2026-02, 2026-03 .* not known.*The previous data remains/),
    });
    expect(clock.sleeps).toHaveLength(10);
    expect(Math.max(...clock.sleeps)).toBeLessThanOrEqual(3_000);
    expect(new Set(clock.sleeps).size).toBeGreaterThan(5);
    expect((await readIndex(store))?.generation).toBe(1);
  });

  it("reads the history once more, and starts no round after the deadline", async () => {
    const store = await storeWith([{ number: 1, at: YESTERDAY }]);
    const calls: string[] = [];
    const client = withHooks(store, {
      before: ({ verb, key }) => void (key === "index.json" && calls.push(verb)),
      after: onPutOf("index.json", lost),
    });
    const runtime = { ...seededRuntime(), deadline: { timeLeft: () => 0 } };
    const result = await publish(client, aRun({ number: 2, at: TODAY }), runtime);
    expect(result.generation).toBe(2);
    expect(calls).toEqual(["get", "putIfMatch", "get"]);
    expect(result.promoted).toBe(false);
    expect(result.warnings).toEqual([expect.stringContaining("the time was over")]);
  });

  it("says that other runs kept publishing", async () => {
    const store = await storeWith([{ number: 1, at: YESTERDAY }]);
    let number = 10;
    const client = withHooks(store, {
      before: async ({ verb, key }) => {
        if (verb !== "putIfMatch" || key !== "index.json") return;
        number++;
        await publish(store, aRun({ number, at: TODAY, months: ["2025-12"], force: true }), seededRuntime());
      },
    });
    await expect(publish(client, aRun({ number: 2, at: TODAY }), seededRuntime())).rejects.toMatchObject({
      failure: "contention",
      message: expect.stringContaining("nothing of it was published. Run again."),
    });
    expect(await inconsistenciesAfterNextRun(store)).toEqual([]);
  });

  const permanent: readonly StoreFailure[] = ["access-denied", "no-space", "credentials", "corrupt"];
  it.each(permanent)("throws a failure at once that a retry cannot repair: %s", async (failure) => {
    for (const failing of ["index.json", "2026-03/summary.json"]) {
      const store = await storeWith([{ number: 1, at: YESTERDAY }]);
      const before = store.objects.get("index.json");
      let puts = 0;
      const client = withHooks(store, {
        before: ({ verb, key }) => {
          if (
            !verb.startsWith("put") ||
            !(key === failing || (key.startsWith("_runs/") && key.endsWith(failing)))
          ) {
            return;
          }
          puts++;
          throw new StoreError(failure, key, "The store refused.");
        },
      });
      const run = aRun({ number: 2, at: TODAY });
      await expect(publish(client, run, seededRuntime())).rejects.toMatchObject({
        failure,
        key: expect.any(String),
      });
      expect(puts).toBe(1);
      expect(store.objects.get("index.json")).toEqual(before);
    }
  });

  it.each(["unknown-outcome", "unreachable"] as const)(
    "retries a staged file five times, then throws, and commits nothing: %s",
    async (failure) => {
      const store = await storeWith([{ number: 1, at: YESTERDAY }]);
      const before = store.objects.get("index.json");
      const attempts: string[] = [];
      const client = withHooks(store, {
        before: ({ verb, key }) => {
          if (verb !== "putIfAbsent" || !key.endsWith("2026-03/summary.json")) return;
          attempts.push(key);
          throw new StoreError(failure, key, "No answer.");
        },
      });
      const clock = testClock();
      const run = aRun({ number: 2, at: TODAY });
      await expect(publish(client, run, { ...seededRuntime(), clock })).rejects.toMatchObject({ failure });
      expect(attempts).toHaveLength(5);
      expect(clock.sleeps).toHaveLength(4);
      expect(store.objects.get("index.json")).toEqual(before);
    },
  );

  it("is published although a stable key could not be written: it says so, and the next recover writes the key", async () => {
    const store = await storeWith([{ number: 1, at: YESTERDAY }]);
    const client = withHooks(store, {
      before: onPutOf("2026-03/summary.json", (call) => {
        throw new StoreError("access-denied", call.key, "No.");
      }),
    });
    const result = await publish(client, aRun({ number: 2, at: TODAY }), seededRuntime());
    expect(result).toMatchObject({ generation: 2, promoted: false });
    expect(result.warnings).toEqual(["2026-03/summary.json does not have generation 2 yet: No."]);
    expect((await recover(store)).rewritten).toEqual(["2026-03/summary.json"]);
    expect(await inconsistenciesAfterNextRun(store)).toEqual([]);
  });

  it("refuses a key of its own run id that has another content", async () => {
    const store = await storeWith([]);
    const run = aRun({ number: 2 });
    const key = `_runs/${run.runId}/2026-03/summary.json`;
    await store.putIfAbsent(key, { body: new Uint8Array(1), contentType: "application/json" });
    await expect(publish(store, run, seededRuntime())).rejects.toMatchObject({ failure: "corrupt", key });
    expect(await readIndex(store)).toBeNull();
  });

  it("stops when the index vanishes during the commit, and does not start at generation 1", async () => {
    const store = memoryStore();
    await publish(store, aRun({ number: 1, at: YESTERDAY, shared: false }), seededRuntime());
    const client = withHooks(store, { before: onPutOf("index.json", () => store.remove("index.json")) });
    const run = aRun({ number: 2, at: TODAY, shared: false });
    await expect(publish(client, run, seededRuntime())).rejects.toMatchObject({
      failure: "corrupt",
      key: "index.json",
    });
    expect(store.objects.has("index.json")).toBe(false);
  });
});
