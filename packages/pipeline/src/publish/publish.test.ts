import { addDays } from "@dapanoskop/core/calendar";
import { StoreError } from "@dapanoskop/core/store";
import {
  HISTORY_LENGTH,
  type IndexDocument,
  REVISED_LENGTH,
  readIndex,
  readShared,
  readSnapshotFile,
  renderDocument,
} from "@dapanoskop/dataset";
import { type MemoryStore, memoryStore } from "@dapanoskop/dataset/store";
import { runIdOf } from "@dapanoskop/dataset/store/testing";
import { describe, expect, it } from "vitest";
import { publish } from "./publish.ts";
import { recover } from "./recover.ts";
import { aRun, seededRuntime, staleKeys, tornFiles } from "./testing/index.ts";

const runtime = seededRuntime();
const morning = (day: number) => `2026-03-${String(day).padStart(2, "0")}T06:00:00Z`;

async function indexOf(store: MemoryStore): Promise<IndexDocument> {
  const index = await readIndex(store);
  if (index === null) throw new Error("Nothing was published.");
  return index;
}

describe("publishing a run", () => {
  it("commits its months in generation 1, and promotes them to stable keys", async () => {
    const store = memoryStore();
    const run = aRun({ number: 1 });
    expect(await publish(store, run, runtime)).toEqual({
      runId: run.runId,
      generation: 1,
      months: [
        { period: "2026-02", outcome: "published" },
        { period: "2026-03", outcome: "published" },
      ],
      promoted: true,
      warnings: [],
    });
    const index = await indexOf(store);
    expect(index).toMatchObject({ schema: 1, generation: 1, run_id: run.runId, published_at: run.at });
    expect(index.periods).toEqual(["2026-03", "2026-02"]);
    expect(index.history).toEqual([{ generation: 1, run_id: run.runId }]);
    expect(index.shared["trend.json"]?.key).toBe(`_runs/${run.runId}/trend-1.json`);
    expect(await tornFiles(store)).toEqual([]);
    expect(await staleKeys(store)).toEqual([]);
  });

  it("names every file with its key, length and SHA-256", async () => {
    const store = memoryStore();
    const run = aRun({ number: 1, months: ["2026-02"] });
    await publish(store, run, runtime);
    const files = (await indexOf(store)).snapshot["2026-02"]?.files ?? {};
    expect(Object.keys(files).sort()).toEqual([
      "cost-by-day.parquet",
      "cost-by-service.parquet",
      "cost-by-usage-type-like-for-like.parquet",
      "cost-by-usage-type.parquet",
      "cost-by-workload.parquet",
      "summary.json",
    ]);
    for (const [name, { key, bytes, sha256 }] of Object.entries(files)) {
      expect(key).toBe(`_runs/${run.runId}/2026-02/${name}`);
      expect(bytes).toBe(store.objects.get(key)?.body.length);
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  it("writes generation and run into the metadata of every stable key, and lets run files be cached without limit", async () => {
    const store = memoryStore();
    const run = aRun({ number: 7 });
    await publish(store, run, runtime);
    for (const key of [
      "2026-03/summary.json",
      "2026-02/cost-by-workload.parquet",
      "trend.json",
      "index.json",
    ]) {
      expect(store.objects.get(key)?.metadata).toEqual({ generation: "1", "run-id": run.runId });
      expect(store.objects.get(key)?.cacheControl).toBe("private, no-cache");
    }
    expect(store.objects.get(`_runs/${run.runId}/2026-03/summary.json`)?.cacheControl).toBe(
      "private, max-age=31536000, immutable",
    );
  });

  it("stages before it commits, commits before it promotes, and promotes each summary after its parquet", async () => {
    const written: string[] = [];
    const store = memoryStore({
      hooks: { after: ({ verb, key }) => void (verb.startsWith("put") && written.push(key)) },
    });
    const run = aRun({ number: 1, months: ["2026-03"] });
    await publish(store, run, runtime);
    const staged = (name: string) => `_runs/${run.runId}/${name}`;
    expect(written).toEqual([
      staged("2026-03/cost-by-workload.parquet"),
      staged("2026-03/cost-by-usage-type.parquet"),
      staged("2026-03/cost-by-usage-type-like-for-like.parquet"),
      staged("2026-03/cost-by-day.parquet"),
      staged("2026-03/cost-by-service.parquet"),
      staged("2026-03/summary.json"),
      staged("trend-1.json"),
      "index.json",
      "2026-03/cost-by-day.parquet",
      "2026-03/cost-by-service.parquet",
      "2026-03/cost-by-usage-type-like-for-like.parquet",
      "2026-03/cost-by-usage-type.parquet",
      "2026-03/cost-by-workload.parquet",
      "2026-03/summary.json",
      "trend.json",
    ]);
  });

  it("gives byte-identical objects for the same runs", async () => {
    const published = async () => {
      const store = memoryStore();
      for (const number of [1, 2, 3])
        await publish(store, aRun({ number, at: morning(number + 7) }), runtime);
      return [...store.objects].map(([key, { body, metadata }]) => [
        key,
        new TextDecoder().decode(body),
        metadata,
      ]);
    };
    expect(await published()).toEqual(await published());
  });

  it("keeps the months of other runs, and renders the trend of all of them", async () => {
    const store = memoryStore();
    await publish(store, aRun({ number: 1, months: ["2025-12", "2026-01"] }), runtime);
    await publish(store, aRun({ number: 2, at: morning(9), months: ["2026-02", "2026-01"] }), runtime);
    const index = await indexOf(store);
    expect(index.periods).toEqual(["2026-02", "2026-01", "2025-12"]);
    expect(index.snapshot["2025-12"]?.run_id).toBe(runIdOf(1));
    expect(index.snapshot["2026-01"]?.run_id).toBe(runIdOf(2, morning(9)));
    expect(await tornFiles(store)).toEqual([]);
    expect(await staleKeys(store)).toEqual([]);
  });

  it("keeps the last 64 generations in the history", async () => {
    const store = memoryStore();
    for (let number = 1; number <= HISTORY_LENGTH + 3; number++) {
      const at = `${addDays("2026-03-08", number)}T06:00:00Z`;
      await publish(store, aRun({ number, at, months: ["2026-03"], files: ["summary.json"] }), runtime);
    }
    const { history, generation } = await indexOf(store);
    expect(generation).toBe(67);
    expect(history).toHaveLength(HISTORY_LENGTH);
    expect(history.at(0)?.generation).toBe(4);
    expect(history.at(-1)?.generation).toBe(67);
  });
});

describe("a published month and a run of the same month", () => {
  it("keeps the snapshot of a later event, also if the run is forced", async () => {
    const store = memoryStore();
    await publish(store, aRun({ number: 1, at: morning(9), months: ["2026-03"] }), runtime);
    const late = aRun({ number: 2, at: morning(8), months: ["2026-02", "2026-03"], force: true });
    const result = await publish(store, late, runtime);
    expect(result.months).toEqual([
      { period: "2026-02", outcome: "published" },
      { period: "2026-03", outcome: "dropped-newer" },
    ]);
    expect((await indexOf(store)).snapshot["2026-03"]?.run_id).toBe(runIdOf(1, morning(9)));
    expect(await tornFiles(store)).toEqual([]);
  });

  it("publishes nothing when the same event was published before: success, and the index is unchanged", async () => {
    const store = memoryStore();
    await publish(store, aRun({ number: 1 }), runtime);
    const before = store.objects.get("index.json");
    const result = await publish(store, aRun({ number: 2 }), runtime);
    expect(result).toMatchObject({ generation: null, promoted: true, warnings: [] });
    expect(result.months.map(({ outcome }) => outcome)).toEqual(["dropped-same", "dropped-same"]);
    expect(store.objects.get("index.json")).toEqual(before);
  });

  it("gives the outcome of its first publication when the same run publishes again", async () => {
    const store = memoryStore();
    const run = aRun({ number: 1, at: morning(8), months: ["2026-01", "2026-02", "2026-03"] });
    await publish(store, run, runtime);
    await publish(store, aRun({ number: 2, at: morning(9), months: ["2026-03"] }), runtime);
    await publish(store, aRun({ number: 3, at: morning(8), months: ["2026-02"], force: true }), runtime);
    const before = store.objects.get("index.json");
    expect(await publish(store, run, runtime)).toMatchObject({
      generation: 1,
      months: [
        { period: "2026-01", outcome: "published" },
        { period: "2026-02", outcome: "dropped-same" },
        { period: "2026-03", outcome: "dropped-newer" },
      ],
      promoted: true,
    });
    expect(store.objects.get("index.json")).toEqual(before);
    expect(await staleKeys(store)).toEqual([]);
  });

  it("replaces a snapshot of the same event when forced, or when it was configured differently", async () => {
    const store = memoryStore();
    await publish(store, aRun({ number: 1 }), runtime);
    expect((await publish(store, aRun({ number: 2, force: true }), runtime)).generation).toBe(2);
    expect((await publish(store, aRun({ number: 3, config: 1 }), runtime)).generation).toBe(3);
    expect((await publish(store, aRun({ number: 4, config: 1 }), runtime)).generation).toBeNull();
  });

  it("lists the earlier totals of a month where they differed, oldest first", async () => {
    const store = memoryStore();
    const totals = [100, 100, 101.5, 101.5, 99];
    for (const [at, total] of totals.entries()) {
      await publish(store, aRun({ number: at, at: morning(at + 1), months: ["2026-02"], total }), runtime);
    }
    const { total_cost_usd, restated } = (await indexOf(store)).snapshot["2026-02"] ?? {};
    expect(total_cost_usd).toBe(99);
    expect(restated).toEqual([
      { run_id: runIdOf(1, morning(2)), as_of: morning(2), total_cost_usd: 100 },
      { run_id: runIdOf(3, morning(4)), as_of: morning(4), total_cost_usd: 101.5 },
    ]);
  });

  it("lists at most 64 of them", async () => {
    const store = memoryStore();
    for (let total = 1; total <= REVISED_LENGTH + 3; total++) {
      const at = `${addDays("2026-03-08", total)}T06:00:00Z`;
      await publish(store, aRun({ number: total, at, months: ["2026-02"], total, shared: false }), runtime);
    }
    const { restated = [] } = (await indexOf(store)).snapshot["2026-02"] ?? {};
    expect(restated.map(({ total_cost_usd }) => total_cost_usd)).toEqual(
      Array.from({ length: REVISED_LENGTH }, (_, at) => at + 3),
    );
  });
});

describe("a malformed run", () => {
  const right = aRun({ number: 1, months: ["2026-03"] });
  const [month] = right.months;
  if (month === undefined) throw new Error("The run has a month.");
  const [file] = month.files;
  if (file === undefined) throw new Error("The month has a file.");
  it.each([
    ["a run id that is a path", { ...right, runId: "../../etc" }, '"../../etc" is not a run id.'],
    ["a day for an instant", { ...right, at: "2026-03-08" }, '"2026-03-08" is not an instant'],
    ["a month twice", { ...right, months: [month, month] }, "A run names a month twice."],
    [
      "a month that is none",
      { ...right, months: [{ ...month, period: "2026-13" }] },
      '"2026-13" is not a month.',
    ],
    [
      "a total that is no number",
      { ...right, months: [{ ...month, totalCost: Number.NaN }] },
      "The total of 2026-03 is not a number.",
    ],
    [
      "a configuration that is no hash",
      { ...right, months: [{ ...month, config: "UnblendedCost" }] },
      "The configuration of 2026-03 is not a SHA-256",
    ],
    ["a month without files", { ...right, months: [{ ...month, files: [] }] }, "2026-03 has no files"],
    [
      "two files of one name",
      { ...right, months: [{ ...month, files: [file, file] }] },
      "2026-03 has no files, or two of the same name.",
    ],
    [
      "a file of another name",
      { ...right, months: [{ ...month, files: [{ ...file, name: "web.json" as never }] }] },
      "is not the key of a published file",
    ],
  ])("is refused before anything is written: %s", async (_, wrong, message) => {
    const store = memoryStore();
    await expect(publish(store, wrong, runtime)).rejects.toThrow(message);
    expect(store.objects.size).toBe(0);
  });

  it("commits nothing when its trend cannot be rendered", async () => {
    const store = memoryStore();
    await publish(store, aRun({ number: 1 }), runtime);
    const before = store.objects.get("index.json");
    const run = aRun({ number: 2, at: morning(9) });
    const broken = {
      ...run,
      shared: [{ ...run.shared[0], render: () => Promise.reject(new Error("no trend")) }],
    };
    await expect(publish(store, broken as typeof run, runtime)).rejects.toThrow("no trend");
    expect(store.objects.get("index.json")).toEqual(before);
  });
});

describe("an index that cannot be used", () => {
  const refusals: readonly [string, Uint8Array, string, RegExp][] = [
    [
      "a newer schema",
      renderDocument({ schema: 2 }),
      "newer-schema",
      /Upgrade dapanoskop; nothing was changed/,
    ],
    [
      "half a file",
      new TextEncoder().encode('{"schema": 1, "gene'),
      "corrupt",
      /_index\/.*Nothing was changed/,
    ],
    [
      "another document",
      renderDocument({ schema: 1, months: [] }),
      "corrupt",
      /generation.*Nothing was changed/,
    ],
  ];

  it.each(refusals)(
    "stops recover and publish with a sentence, and is not changed: %s",
    async (_, body, failure, words) => {
      const store = memoryStore();
      await store.overwrite("index.json", { body, contentType: "application/json" });
      for (const attempt of [
        () => recover(store),
        () => publish(store, aRun({ number: 1 }), runtime),
        () => readIndex(store),
      ]) {
        const error = await attempt().catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(StoreError);
        expect(error).toMatchObject({ failure, key: "index.json", message: expect.stringMatching(words) });
      }
      expect(store.objects.get("index.json")?.body).toEqual(body);
    },
  );

  it("is restored from a previous version in a bucket, as the error says", async () => {
    const store = memoryStore({ place: "s3://bill/data" });
    await store.overwrite("index.json", { body: new Uint8Array(), contentType: "application/json" });
    await expect(readIndex(store)).rejects.toThrow(
      "Restore the previous version of index.json in s3://bill/data.",
    );
  });

  it.each([
    ["leads out of the store", "../../etc/passwd"],
    ["is a stable key", "2026-03/summary.json"],
    ["is another month's", `_runs/${runIdOf(1)}/2026-02/summary.json`],
    ["is another run's", `_runs/${runIdOf(9)}/2026-03/summary.json`],
  ])("is refused when a key that it names %s", async (_, key) => {
    const store = memoryStore();
    await publish(store, aRun({ number: 1, months: ["2026-03"] }), runtime);
    const body = new TextDecoder()
      .decode(store.objects.get("index.json")?.body)
      .replace(`_runs/${runIdOf(1)}/2026-03/summary.json`, key);
    await store.overwrite("index.json", {
      body: new TextEncoder().encode(body),
      contentType: "application/json",
    });
    await expect(readIndex(store)).rejects.toMatchObject({ failure: "corrupt" });
  });

  it("is not replaced by a first generation when it was lost: every month would be lost with it", async () => {
    const store = memoryStore();
    await publish(store, aRun({ number: 1 }), runtime);
    store.remove("index.json");
    const lost = { failure: "corrupt", message: expect.stringContaining("index.json is missing") };
    await expect(recover(store)).rejects.toMatchObject(lost);
    await expect(publish(store, aRun({ number: 2, at: morning(9) }), runtime)).rejects.toMatchObject(lost);
    expect(store.objects.has("index.json")).toBe(false);
  });
});

describe("reading what is published", () => {
  it("reads files by the index, checked, and null for what it does not name", async () => {
    const store = memoryStore();
    expect(await readIndex(store)).toBeNull();
    await publish(store, aRun({ number: 1 }), runtime);
    const index = await indexOf(store);
    const summary = await readSnapshotFile(store, index, "2026-03", "summary.json");
    expect(new TextDecoder().decode(summary ?? undefined)).toContain(runIdOf(1));
    expect(await readShared(store, index, "trend.json")).not.toBeNull();
    expect(await readSnapshotFile(store, index, "2025-01", "summary.json")).toBeNull();
    expect(await readSnapshotFile(store, index, "__proto__", "toString")).toBeNull();
    expect(await readShared(store, index, "constructor")).toBeNull();
  });

  it.each([
    [
      "changed",
      (store: MemoryStore, key: string) =>
        store.overwrite(key, { body: new Uint8Array(3), contentType: "x" }),
    ],
    ["missing", (store: MemoryStore, key: string) => store.remove(key)],
  ])("names the key of a file that is %s", async (_, damage) => {
    const store = memoryStore();
    await publish(store, aRun({ number: 1 }), runtime);
    const key = `_runs/${runIdOf(1)}/2026-03/summary.json`;
    await damage(store, key);
    const reading = readSnapshotFile(store, await indexOf(store), "2026-03", "summary.json");
    await expect(reading).rejects.toMatchObject({ failure: "corrupt", key });
  });
});

describe.each([true, false])("recovering, in a store that keeps metadata: %s", (metadata) => {
  it("does nothing in an empty store, and sends only head requests on an ordinary day", async () => {
    const calls: string[] = [];
    const store = memoryStore({
      metadata,
      hooks: { before: ({ verb, key }) => void calls.push(`${verb} ${key}`) },
    });
    expect(await recover(store)).toEqual({ index: null, rewritten: [], warnings: [] });
    await publish(store, aRun({ number: 1 }), runtime);
    calls.length = 0;
    expect(await recover(store)).toMatchObject({ rewritten: [], warnings: [] });
    expect(calls.filter((call) => !call.startsWith("head "))).toEqual(["get index.json"]);
    expect(calls).toHaveLength(14);
  });

  it("writes again what is missing or older than the index says, byte for byte", async () => {
    const store = memoryStore({ metadata });
    await publish(store, aRun({ number: 1 }), runtime);
    const old = store.objects.get("2026-03/summary.json");
    await publish(store, aRun({ number: 2, at: morning(9) }), runtime);
    if (old === undefined) throw new Error("It was promoted.");
    await store.overwrite("2026-03/summary.json", old);
    store.remove("2026-02/cost-by-workload.parquet");
    store.remove("trend.json");
    const { rewritten, warnings } = await recover(store);
    expect(warnings).toEqual([]);
    expect([...rewritten].sort()).toEqual([
      "2026-02/cost-by-workload.parquet",
      "2026-03/summary.json",
      "trend.json",
    ]);
    expect(await staleKeys(store)).toEqual([]);
  });

  it("says what it cannot repair, repairs the rest, and writes no summary before its parquet", async () => {
    const store = memoryStore({ metadata });
    await publish(store, aRun({ number: 1 }), runtime);
    const staged = `_runs/${runIdOf(1)}/2026-03/cost-by-workload.parquet`;
    for (const key of [staged, "2026-03/cost-by-workload.parquet", "2026-03/summary.json", "trend.json"]) {
      store.remove(key);
    }
    const { rewritten, warnings } = await recover(store);
    expect(rewritten).toEqual(["trend.json"]);
    expect(warnings).toEqual([expect.stringContaining(`${staged} in memory is missing`)]);
    expect(store.objects.has("2026-03/summary.json")).toBe(false);
  });
});

describe("stable keys of a later generation", () => {
  it("are never overwritten, and a warning says that the index was restored to an earlier version", async () => {
    const store = memoryStore();
    await publish(store, aRun({ number: 1 }), runtime);
    const earlier = store.objects.get("index.json");
    await publish(store, aRun({ number: 2, at: morning(9) }), runtime);
    if (earlier === undefined) throw new Error("It was published.");
    await store.overwrite("index.json", earlier);
    const summary = store.objects.get("2026-03/summary.json");
    const { rewritten, warnings } = await recover(store);
    expect(rewritten).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining("restored to an earlier version")]);
    expect(store.objects.get("2026-03/summary.json")).toEqual(summary);
  });
});
