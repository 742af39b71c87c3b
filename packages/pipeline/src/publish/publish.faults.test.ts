import { monthsFrom } from "@dapanoskop/core/calendar";
import { type ArtifactStore, type StoreCall, StoreError, withHooks } from "@dapanoskop/core/store";
import { testClock } from "@dapanoskop/core/testing";
import { readIndex } from "@dapanoskop/dataset";
import { memoryStore } from "@dapanoskop/dataset/store";
import { describe, expect, it } from "vitest";
import { publish } from "./publish.ts";
import { recover } from "./recover.ts";
import {
  aRun,
  killEverywhere,
  loseEverywhere,
  type RunOptions,
  seededRuntime,
  tornFiles,
  unhealed,
} from "./testing/index.ts";

const YESTERDAY = "2026-03-08T06:00:00Z";
const TODAY = "2026-03-09T06:00:00Z";

interface Day {
  readonly title: string;
  readonly before: readonly RunOptions[];
  readonly run: RunOptions;
}

const days: readonly Day[] = [
  { title: "a first publication", before: [], run: { number: 2, at: TODAY } },
  { title: "a second publication", before: [{ number: 1, at: YESTERDAY }], run: { number: 2, at: TODAY } },
  {
    title: "a backfill",
    before: [{ number: 1, at: YESTERDAY }],
    run: { number: 2, at: TODAY, months: monthsFrom("2025-12", "2026-03") },
  },
];

async function opened(before: readonly RunOptions[], metadata = true): Promise<ArtifactStore> {
  const store = memoryStore({ metadata });
  for (const options of before) await publish(store, aRun(options), seededRuntime());
  return store;
}

async function act(store: ArtifactStore, run: RunOptions) {
  await recover(store);
  return publish(store, aRun(run), seededRuntime());
}

describe.each([true, false])("a run that is killed, where metadata is kept: %s", (metadata) => {
  it.each(days)(
    "leaves the old snapshot or the new one, and the next run heals: $title",
    async ({ before, run }) => {
      const old = await readIndex(await opened(before, metadata));
      const calls = await killEverywhere({
        open: () => opened(before, metadata),
        act: (store) => act(store, run),
        look: async (store, accident) => {
          expect(await tornFiles(store), accident).toEqual([]);
          const index = await readIndex(store);
          if (index?.run_id !== aRun(run).runId) expect(index, accident).toEqual(old);
          expect(await unhealed(store), accident).toEqual([]);
        },
      });
      expect(calls).toBeGreaterThan(40);
    },
  );
});

describe("a run that loses an answer", () => {
  it.each(days)(
    "publishes all the same, and takes its own writing for nobody else's: $title",
    async ({ before, run }) => {
      const losses = await loseEverywhere({
        open: () => opened(before),
        act: async (store) => {
          const { months, generation, shown, warnings } = await act(store, run);
          expect(new Set(months.map(({ outcome }) => outcome))).toEqual(new Set(["published"]));
          expect({ generation, shown, warnings }).toEqual({
            generation: before.length + 1,
            shown: true,
            warnings: [],
          });
        },
        look: async (store, accident) => {
          expect((await readIndex(store))?.generation, accident).toBe(before.length + 1);
          expect(await unhealed(store), accident).toEqual([]);
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

  it("gives up after ten rounds, says that the outcome is not known, and leaves what stood", async () => {
    const store = await opened([{ number: 1, at: YESTERDAY }]);
    const clock = testClock();
    const runtime = { ...seededRuntime(), clock };
    const door = withHooks(store, { before: onPutOf("index.json", lost) });
    await expect(publish(door, aRun({ number: 2, at: TODAY }), runtime)).rejects.toMatchObject({
      failure: "unknown-outcome",
      message: expect.stringMatching(/2026-02, 2026-03 .* not known.*What stood before is intact/),
    });
    expect(clock.sleeps).toHaveLength(10);
    expect(Math.max(...clock.sleeps)).toBeLessThanOrEqual(3_000);
    expect(new Set(clock.sleeps).size).toBeGreaterThan(5);
    expect((await readIndex(store))?.generation).toBe(1);
  });

  it("asks the history once more, and starts no round that its time does not allow", async () => {
    const store = await opened([{ number: 1, at: YESTERDAY }]);
    const calls: string[] = [];
    const door = withHooks(store, {
      before: ({ verb, key }) => void (key === "index.json" && calls.push(verb)),
      after: onPutOf("index.json", lost),
    });
    const runtime = { ...seededRuntime(), deadline: { timeLeft: () => 0 } };
    const result = await publish(door, aRun({ number: 2, at: TODAY }), runtime);
    expect(result.generation).toBe(2);
    expect(calls).toEqual(["get", "putIfMatch", "get"]);
    expect(result.shown).toBe(false);
    expect(result.warnings).toEqual([expect.stringContaining("the time was over")]);
  });

  it("says that others kept publishing when they did", async () => {
    const store = await opened([{ number: 1, at: YESTERDAY }]);
    let number = 10;
    const door = withHooks(store, {
      before: async ({ verb, key }) => {
        if (verb !== "putIfMatch" || key !== "index.json") return;
        number++;
        await publish(store, aRun({ number, at: TODAY, months: ["2025-12"], force: true }), seededRuntime());
      },
    });
    await expect(publish(door, aRun({ number: 2, at: TODAY }), seededRuntime())).rejects.toMatchObject({
      failure: "contention",
      message: expect.stringContaining("nothing of it was published. Run again."),
    });
    expect(await unhealed(store)).toEqual([]);
  });

  it("passes on a failure that waiting does not mend, at once", async () => {
    const store = await opened([]);
    let asked = 0;
    const door = withHooks(store, {
      before: onPutOf("index.json", (call) => {
        asked++;
        throw new StoreError("access-denied", call.key, "Grant s3:PutObject.");
      }),
    });
    await expect(publish(door, aRun({ number: 2 }), seededRuntime())).rejects.toThrow("Grant s3:PutObject.");
    expect(asked).toBe(1);
  });

  it("is published although it could not be shown: it says so, and the next recover shows it", async () => {
    const store = await opened([{ number: 1, at: YESTERDAY }]);
    const door = withHooks(store, {
      before: onPutOf("2026-03/summary.json", (call) => {
        throw new StoreError("access-denied", call.key, "No.");
      }),
    });
    const result = await publish(door, aRun({ number: 2, at: TODAY }), seededRuntime());
    expect(result).toMatchObject({ generation: 2, shown: false });
    expect(result.warnings).toEqual(["2026-03/summary.json does not show generation 2 yet: No."]);
    expect((await recover(store)).rewritten).toEqual(["2026-03/summary.json"]);
    expect(await unhealed(store)).toEqual([]);
  });

  it("refuses what stands under its own run id with another content", async () => {
    const store = await opened([]);
    const run = aRun({ number: 2 });
    const key = `_runs/${run.runId}/2026-03/summary.json`;
    await store.putIfAbsent(key, { body: new Uint8Array(1), contentType: "application/json" });
    await expect(publish(store, run, seededRuntime())).rejects.toMatchObject({ failure: "corrupt", key });
    expect(await readIndex(store)).toBeNull();
  });

  it("stops when the index vanishes under its hands, instead of beginning anew", async () => {
    const store = memoryStore();
    await publish(store, aRun({ number: 1, at: YESTERDAY, shared: false }), seededRuntime());
    const door = withHooks(store, { before: onPutOf("index.json", () => store.remove("index.json")) });
    const run = aRun({ number: 2, at: TODAY, shared: false });
    await expect(publish(door, run, seededRuntime())).rejects.toMatchObject({
      failure: "corrupt",
      key: "index.json",
    });
    expect(store.objects.has("index.json")).toBe(false);
  });
});
