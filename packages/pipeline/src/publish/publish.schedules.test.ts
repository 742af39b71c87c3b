import { memoryStore } from "@dapanoskop/dataset/store";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { publish } from "./publish.ts";
import type { PublishResult } from "./publish-run.ts";
import { recover } from "./recover.ts";
import { type Fate, fates, raise, type World } from "./testing/lockstep.ts";
import { unhealed, unsettled, untrue, type Watch, watch } from "./testing/promises.ts";
import { aRun, type RunOptions, seededRuntime } from "./testing/runs.ts";

// Larger crowds than the exhaustive check can walk: up to five whole runs, each with recover and staging, on seeded
// schedules. A failing one shrinks to the fewest runs and the simplest order that still fail.

const someRuns = fc
  .array(
    fc.record({
      at: fc.constantFrom("2026-03-08T06:00:00Z", "2026-03-09T06:00:00Z", "2026-03-09T18:00:00Z"),
      months: fc.subarray(["2026-01", "2026-02", "2026-03"], { minLength: 1 }),
      force: fc.boolean(),
      config: fc.nat(1),
    }),
    { minLength: 2, maxLength: 5 },
  )
  .map((all): readonly RunOptions[] => all.map((run, at) => ({ ...run, number: at + 1, total: at + 1 })));

const dice = fc.array(fc.nat(999), { minLength: 40, maxLength: 200 });
const budgets = fc.record({ crashes: fc.nat(2), losses: fc.nat(4) });

async function play(
  runs: readonly RunOptions[],
  rolls: readonly number[],
  budget: Budget,
  metadata: boolean,
) {
  const store = memoryStore({ metadata });
  const watching = watch(store);
  const cast = runs.map((options) => ({
    name: `run ${options.number}`,
    act: async (door: Parameters<typeof publish>[0]) => {
      await recover(door);
      return publish(door, aRun(options), seededRuntime(options.number));
    },
  }));
  const world = await raise({ store, cast, unseen: () => false, replaceInTwoSteps: !metadata });
  const broken = await playOut(world, watching, rolls, budget);
  const crashed = world.actors.some((actor) => actor.end() === "crashed");
  for (const [at, actor] of world.actors.entries()) {
    const options = runs[at];
    if (actor.end() === "failed") broken.push(`${actor.name} failed: ${String(actor.result())}`);
    if (actor.end() !== "done" || options === undefined) continue;
    broken.push(...untrue(aRun(options), actor.result() as PublishResult, watching.indexes));
  }
  if (!crashed) broken.push(...(await unsettled(store)));
  return [...broken, ...(await unhealed(store))];
}

interface Budget {
  readonly crashes: number;
  readonly losses: number;
}

async function playOut({ actors, late }: World, watching: Watch, rolls: readonly number[], budget: Budget) {
  const broken: string[] = [];
  let { crashes, losses } = budget;
  for (let turn = 0; ; turn++) {
    const waiting = actors.filter((actor) => actor.pending() !== null);
    if (waiting.length === 0) return broken;
    const roll = rolls[turn % rolls.length] ?? 0;
    if (roll % 10 === 9 && late.length > 0) await late.splice(roll % late.length, 1)[0]?.deliver();
    else {
      const actor = waiting[roll % waiting.length];
      const call = actor?.pending() ?? null;
      const possible: readonly Fate[] = call === null ? [] : fates(call, { crashes, losses });
      const fate = (roll > 900 ? possible[roll % possible.length] : null) ?? "proceeds";
      crashes -= Number(fate === "crashes");
      losses -= Number(fate === "late");
      await actor?.release(fate);
    }
    broken.push(...(await watching.look()));
  }
}

describe.each([true, false])("a crowd of runs, where metadata is kept: %s", (metadata) => {
  it("tears nothing, loses no month, and never puts an older one over a newer", async () => {
    await fc.assert(
      fc.asyncProperty(someRuns, dice, budgets, async (runs, rolls, { crashes, losses }) => {
        expect(await play(runs, rolls, { crashes, losses: metadata ? losses : 0 }, metadata)).toEqual([]);
      }),
      { numRuns: 150, seed: 20260308 },
    );
  });
});
