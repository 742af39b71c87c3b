import type { StoreCall } from "@dapanoskop/core/store";
import { type MemoryStore, memoryStore } from "@dapanoskop/dataset/store";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { publish } from "./publish.ts";
import type { PublishResult, PublishRun } from "./publish-run.ts";
import { recover } from "./recover.ts";
import { exploreSchedules, type Model, type MonitoredSimulation } from "./testing/explore.ts";
import {
  type CheckedIndex,
  falseStatements,
  inconsistencies,
  inconsistenciesAfterNextRun,
  monitorInvariants,
} from "./testing/invariants.ts";
import { aRun, type RunOptions, seededRuntime } from "./testing/runs.ts";
import { type ProcessDefinition, startSimulation } from "./testing/scheduler.ts";

// An exhaustive check of the real code: every order of the calls of two runs, with crashes at any point and with puts
// whose answers are lost while they arrive at once, later, or never.

const EARLIER = "2026-03-08T06:00:00Z";
const LATER = "2026-03-09T06:00:00Z";
const BEFORE = "2026-03-07T06:00:00Z";
const PARQUET = { files: ["cost-by-workload.parquet"], shared: false } as const;
const PRIOR_PERIOD_TO_DATE = { files: ["cost-by-usage-type-like-for-like.parquet"], shared: false } as const;

interface Scenario {
  readonly title: string;
  /** There are more schedules than this; fewer would mean that the exploration misses some. */
  readonly over: bigint;
  /** What was published before. */
  readonly before?: readonly RunOptions[];
  /** The last of `before` was committed, and killed before it promoted anything. */
  readonly unpromoted?: boolean;
  /** The concurrent runs; `"recover"` only repairs. */
  readonly runs: readonly (RunOptions | "recover")[];
  /** How many of the processes may be killed, and how many puts may lose their answers. */
  readonly crashes: number;
  readonly losses: number;
  /** No metadata, and stable keys are replaced in two steps. */
  readonly folder?: boolean;
  /** Files of different generations may be equal, and so may their etags. */
  readonly repeats?: boolean;
}

const scenarios: readonly Scenario[] = [
  {
    title: "first runs of different days, into an empty store",
    over: 2_500_000_000n,
    runs: [
      { number: 1, at: EARLIER },
      { number: 2, at: LATER },
    ],
    crashes: 2,
    losses: 1,
  },
  {
    title: "a run and a late run of the day before, over a published snapshot",
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
    title: "runs of different months, which must both remain",
    over: 1_300_000_000n,
    runs: [
      { number: 1, at: EARLIER, months: ["2026-02"] },
      { number: 2, at: LATER, months: ["2026-03"] },
    ],
    crashes: 1,
    losses: 1,
  },
  {
    title: "a run beside a recovery after a killed run",
    over: 133_000_000n,
    before: [
      { number: 0, at: BEFORE },
      { number: 1, at: EARLIER },
    ],
    unpromoted: true,
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
    title: "files that become again what they were, so that an old etag matches a new generation",
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
    title: "the same without lost answers: the runs themselves repair it",
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
    title: "prior-period-to-date rows of a month that closes: both runs replace them by the same empty file",
    over: 2_500_000n,
    before: [{ number: 0, at: BEFORE, ...PRIOR_PERIOD_TO_DATE, total: 1 }],
    runs: [
      { number: 1, at: EARLIER, ...PRIOR_PERIOD_TO_DATE, total: 0 },
      { number: 2, at: LATER, ...PRIOR_PERIOD_TO_DATE, total: 0 },
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
    title: "a run and a late run of the day before, in a folder",
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
    title: "a run beside a recovery after a killed run, in a folder",
    over: 14_000_000n,
    before: [
      { number: 0, at: BEFORE },
      { number: 1, at: EARLIER },
    ],
    unpromoted: true,
    runs: ["recover", { number: 2, at: LATER }],
    crashes: 2,
    losses: 0,
    folder: true,
  },
];

const runOf = (options: RunOptions): PublishRun =>
  aRun({ months: ["2026-03"], files: ["summary.json"], ...options });

function modelOf(scenario: Scenario): Model {
  const {
    before = [],
    unpromoted = false,
    runs,
    folder = false,
    repeats = false,
    crashes,
    losses,
  } = scenario;
  const checked = new Map<string, CheckedIndex>();
  const checkedEnds = new Set<string>();

  async function publishedBefore(): Promise<MemoryStore["objects"]> {
    const store = memoryStore({ metadata: !folder });
    for (const [at, options] of before.entries()) {
      const stable = [...store.objects].filter(([key]) => !key.startsWith("_runs/") && key !== "index.json");
      await publish(store, runOf(options), seededRuntime());
      if (!unpromoted || at < before.length - 1) continue;
      for (const [key, object] of stable) await store.overwrite(key, object);
    }
    return store.objects;
  }

  let objects: MemoryStore["objects"] | null = null;

  async function begin(): Promise<MonitoredSimulation> {
    objects ??= await publishedBefore();
    const store = memoryStore({ metadata: !folder, objects });
    const processes = runs.map(
      (options, at): ProcessDefinition => ({
        name: `writer ${at + 1}`,
        act: (client) =>
          options === "recover" ? recover(client) : publish(client, runOf(options), seededRuntime()),
      }),
    );
    const simulation = await startSimulation({ store, processes, isInvisible, replaceInTwoSteps: folder });
    const monitor = monitorInvariants(store, { checked, repeats });
    await monitor.check();
    return { simulation, monitor };
  }

  async function checkEnd({
    simulation: { processes, store },
    monitor: { indexes },
  }: MonitoredSimulation): Promise<readonly string[]> {
    const violations = processes.flatMap((process, at) => {
      const options = runs[at];
      if (process.end() === "failed") return [`${process.name} failed: ${String(process.result())}`];
      if (options === undefined || options === "recover" || process.end() !== "done") return [];
      return falseStatements(runOf(options), process.result() as PublishResult, indexes);
    });
    const crashed = processes.some((process) => process.end() === "crashed");
    const end = JSON.stringify([crashed, [...store.objects].map(([key, { etag }]) => [key, etag]).sort()]);
    if (checkedEnds.has(end)) return violations;
    checkedEnds.add(end);
    // Where etags repeat, a put that arrives after all processes ended may still match: the next recover repairs it.
    if (!crashed && !(repeats && losses > 0)) violations.push(...(await inconsistencies(store)));
    return [...violations, ...(await inconsistenciesAfterNextRun(store))];
  }

  return { begin, checkEnd, crashes, losses };
}

// A run's own files are written before any index names them, and never change after: their order makes no difference.
const isInvisible = ({ key }: StoreCall) => key.startsWith("_runs/");

describe("every order of the calls of two runs", () => {
  // WebCrypto works in another thread, and the same few contents are hashed very often: each is hashed once.
  beforeAll(() => {
    const { subtle } = globalThis.crypto;
    const original = subtle.digest.bind(subtle);
    const answers = new Map<string, Promise<ArrayBuffer>>();
    const digest = vi.spyOn(subtle, "digest").mockImplementation((algorithm, bytes) => {
      const content = new TextDecoder("latin1").decode(bytes as Uint8Array);
      const answer = answers.get(content) ?? original(algorithm, bytes);
      answers.set(content, answer);
      return answer;
    });
    return () => digest.mockRestore();
  });

  it.each(scenarios)("violates no invariant in more than $over schedules: $title", async (scenario) => {
    const { schedules } = await exploreSchedules(modelOf(scenario));
    expect(schedules).toBeGreaterThan(scenario.over);
  });
});
