import type { StoreCall } from "@dapanoskop/core/store";
import { type MemoryStore, memoryStore } from "@dapanoskop/dataset/store";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { publish } from "./publish.ts";
import type { PublishResult, PublishRun } from "./publish-run.ts";
import { recover } from "./recover.ts";
import { type Cast, raise } from "./testing/lockstep.ts";
import { type SeenIndex, unhealed, unsettled, untrue, watch } from "./testing/promises.ts";
import { aRun, type RunOptions, seededRuntime } from "./testing/runs.ts";
import { type Moment, type Play, walk } from "./testing/walk.ts";

// An exhaustive check of the real code: every order in which the calls of two runs can meet, with crashes anywhere and
// with puts whose answers are lost while they arrive at once, later, or never.

const EARLIER = "2026-03-08T06:00:00Z";
const LATER = "2026-03-09T06:00:00Z";
const BEFORE = "2026-03-07T06:00:00Z";
const PARQUET = { files: ["cost-by-workload.parquet"], shared: false } as const;
const LIKE_FOR_LIKE = { files: ["cost-by-usage-type-like-for-like.parquet"], shared: false } as const;

interface Scenario {
  readonly title: string;
  /** There are more schedules than this; fewer would mean that the walk no longer sees them all. */
  readonly over: bigint;
  /** What was published before. */
  readonly before?: readonly RunOptions[];
  /** The last of `before` was committed, and killed before it showed anything. */
  readonly unshown?: boolean;
  /** The runs that meet; `"recover"` only mends. */
  readonly runs: readonly (RunOptions | "recover")[];
  /** How many of the actors may be killed, and how many puts may lose their answers. */
  readonly crashes: number;
  readonly losses: number;
  /** No metadata, and stable keys are replaced in two steps. */
  readonly folder?: boolean;
  /** Files of different generations may be equal, and so may their etags. */
  readonly repeats?: boolean;
}

const scenarios: readonly Scenario[] = [
  {
    title: "first runs of different days, into an empty place",
    over: 2_500_000_000n,
    runs: [
      { number: 1, at: EARLIER },
      { number: 2, at: LATER },
    ],
    crashes: 2,
    losses: 1,
  },
  {
    title: "a run and a belated one of the day before, over a snapshot that stands",
    over: 465_000_000n,
    before: [{ number: 0, at: BEFORE }],
    runs: [
      { number: 1, at: EARLIER },
      { number: 2, at: LATER },
    ],
    crashes: 2,
    losses: 1,
  },
  {
    title: "the same event, delivered twice",
    over: 31_000n,
    before: [{ number: 0, at: BEFORE }],
    runs: [
      { number: 1, at: EARLIER },
      { number: 2, at: EARLIER },
    ],
    crashes: 1,
    losses: 1,
  },
  {
    title: "the same event, forced twice",
    over: 37_000_000n,
    runs: [
      { number: 1, at: EARLIER, force: true, shared: false },
      { number: 2, at: EARLIER, force: true, shared: false },
    ],
    crashes: 2,
    losses: 1,
  },
  {
    title: "runs of different months, which both must stay",
    over: 1_300_000_000n,
    runs: [
      { number: 1, at: EARLIER, months: ["2026-02"] },
      { number: 2, at: LATER, months: ["2026-03"] },
    ],
    crashes: 1,
    losses: 1,
  },
  {
    title: "a run beside one that mends what a killed one left",
    over: 133_000_000n,
    before: [
      { number: 0, at: BEFORE },
      { number: 1, at: EARLIER },
    ],
    unshown: true,
    runs: ["recover", { number: 2, at: LATER }],
    crashes: 2,
    losses: 1,
  },
  {
    title: "two runs without a trend, and two lost answers",
    over: 322_000_000n,
    before: [{ number: 0, at: BEFORE, shared: false }],
    runs: [
      { number: 1, at: EARLIER, shared: false },
      { number: 2, at: LATER, shared: false },
    ],
    crashes: 1,
    losses: 2,
  },
  {
    title: "files that become again what they were, so that an old etag fits a new generation",
    over: 3_400_000n,
    before: [{ number: 0, at: BEFORE, ...PARQUET, total: 1 }],
    runs: [
      { number: 1, at: EARLIER, ...PARQUET, total: 2 },
      { number: 2, at: LATER, ...PARQUET, total: 1 },
    ],
    crashes: 2,
    losses: 1,
    repeats: true,
  },
  {
    title: "the same, and nothing is lost: the runs themselves put it right",
    over: 1_900n,
    before: [{ number: 0, at: BEFORE, ...PARQUET, total: 1 }],
    runs: [
      { number: 1, at: EARLIER, ...PARQUET, total: 2 },
      { number: 2, at: LATER, ...PARQUET, total: 1 },
    ],
    crashes: 0,
    losses: 0,
    repeats: true,
  },
  {
    title:
      "like-for-like rows of a month that closes: both runs leave the same file without any where they stood",
    over: 2_500_000n,
    before: [{ number: 0, at: BEFORE, ...LIKE_FOR_LIKE, total: 1 }],
    runs: [
      { number: 1, at: EARLIER, ...LIKE_FOR_LIKE, total: 0 },
      { number: 2, at: LATER, ...LIKE_FOR_LIKE, total: 0 },
    ],
    crashes: 2,
    losses: 1,
    repeats: true,
  },
  {
    title: "first runs of different days, into an empty folder",
    over: 45_000_000n,
    runs: [
      { number: 1, at: EARLIER },
      { number: 2, at: LATER },
    ],
    crashes: 2,
    losses: 0,
    folder: true,
  },
  {
    title: "a run and a belated one of the day before, in a folder",
    over: 43_000_000n,
    before: [{ number: 0, at: BEFORE }],
    runs: [
      { number: 1, at: EARLIER },
      { number: 2, at: LATER },
    ],
    crashes: 2,
    losses: 0,
    folder: true,
  },
  {
    title: "a run beside one that mends what a killed one left, in a folder",
    over: 14_000_000n,
    before: [
      { number: 0, at: BEFORE },
      { number: 1, at: EARLIER },
    ],
    unshown: true,
    runs: ["recover", { number: 2, at: LATER }],
    crashes: 2,
    losses: 0,
    folder: true,
  },
];

const runOf = (options: RunOptions): PublishRun =>
  aRun({ months: ["2026-03"], files: ["summary.json"], ...options });

function playOf(scenario: Scenario): Play {
  const { before = [], unshown = false, runs, folder = false, repeats = false, crashes, losses } = scenario;
  const checkedIndexes = new Map<string, SeenIndex>();
  const settled = new Set<string>();

  async function standing(): Promise<MemoryStore["objects"]> {
    const store = memoryStore({ metadata: !folder });
    for (const [at, options] of before.entries()) {
      const shown = [...store.objects].filter(([key]) => !key.startsWith("_runs/") && key !== "index.json");
      await publish(store, runOf(options), seededRuntime());
      if (!unshown || at < before.length - 1) continue;
      for (const [key, object] of shown) await store.overwrite(key, object);
    }
    return store.objects;
  }

  let objects: MemoryStore["objects"] | null = null;

  async function begin(): Promise<Moment> {
    objects ??= await standing();
    const store = memoryStore({ metadata: !folder, objects });
    const cast = runs.map(
      (options, at): Cast => ({
        name: `writer ${at + 1}`,
        act: (door) =>
          options === "recover" ? recover(door) : publish(door, runOf(options), seededRuntime()),
      }),
    );
    const world = await raise({ store, cast, unseen, replaceInTwoSteps: folder });
    const watching = watch(store, { seen: checkedIndexes, repeats });
    await watching.look();
    return { world, watch: watching };
  }

  async function checkEnd({
    world: { actors, store },
    watch: { indexes },
  }: Moment): Promise<readonly string[]> {
    const broken = actors.flatMap((actor, at) => {
      const options = runs[at];
      if (actor.end() === "failed") return [`${actor.name} failed: ${String(actor.result())}`];
      if (options === undefined || options === "recover" || actor.end() !== "done") return [];
      return untrue(runOf(options), actor.result() as PublishResult, indexes);
    });
    const crashed = actors.some((actor) => actor.end() === "crashed");
    const left = JSON.stringify([crashed, [...store.objects].map(([key, { etag }]) => [key, etag]).sort()]);
    if (settled.has(left)) return broken;
    settled.add(left);
    // Where etags repeat, a put that arrives after everybody left may still fit: that is for the next recover.
    if (!crashed && !(repeats && losses > 0)) broken.push(...(await unsettled(store)));
    return [...broken, ...(await unhealed(store))];
  }

  return { begin, checkEnd, crashes, losses };
}

// A run's own files are written before anybody can name them, and never change after: their order makes no difference.
const unseen = ({ key }: StoreCall) => key.startsWith("_runs/");

describe("every way in which two runs can meet", () => {
  // WebCrypto answers from another thread, and the same few contents are hashed over and over: each is asked for once.
  beforeAll(() => {
    const { subtle } = globalThis.crypto;
    const ask = subtle.digest.bind(subtle);
    const answers = new Map<string, Promise<ArrayBuffer>>();
    const digest = vi.spyOn(subtle, "digest").mockImplementation((algorithm, bytes) => {
      const content = new TextDecoder("latin1").decode(bytes as Uint8Array);
      const answer = answers.get(content) ?? ask(algorithm, bytes);
      answers.set(content, answer);
      return answer;
    });
    return () => digest.mockRestore();
  });

  it.each(scenarios)("$title: over $over schedules, and no promise is broken", async (scenario) => {
    const { schedules } = await walk(playOf(scenario));
    expect(schedules).toBeGreaterThan(scenario.over);
  });
});
