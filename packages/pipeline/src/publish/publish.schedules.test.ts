import { memoryStore } from "@dapanoskop/dataset/store";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { publish } from "./publish.ts";
import type { PublishResult } from "./publish-run.ts";
import { recover } from "./recover.ts";
import {
  falseStatements,
  type InvariantMonitor,
  inconsistencies,
  inconsistenciesAfterNextRun,
  monitorInvariants,
} from "./testing/invariants.ts";
import { aRun, type RunOptions, seededRuntime } from "./testing/runs.ts";
import { type CallOutcome, possibleOutcomes, type Simulation, startSimulation } from "./testing/scheduler.ts";

// More runs than the exhaustive check can explore: up to five whole runs, each with recover and staging, on seeded
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

const randomNumbers = fc.array(fc.nat(999), { minLength: 40, maxLength: 200 });
const budgets = fc.record({ crashes: fc.nat(2), losses: fc.nat(4) });

async function violationsOf(
  runs: readonly RunOptions[],
  numbers: readonly number[],
  budget: ScheduleBudget,
  metadata: boolean,
) {
  const store = memoryStore({ metadata });
  const monitor = monitorInvariants(store);
  const processes = runs.map((options) => ({
    name: `run ${options.number}`,
    act: async (client: Parameters<typeof publish>[0]) => {
      await recover(client);
      return publish(client, aRun(options), seededRuntime(options.number));
    },
  }));
  const simulation = await startSimulation({
    store,
    processes,
    isInvisible: () => false,
    replaceInTwoSteps: !metadata,
  });
  const violations = await runToEnd(simulation, monitor, numbers, budget);
  const crashed = simulation.processes.some((process) => process.end() === "crashed");
  for (const [at, process] of simulation.processes.entries()) {
    const options = runs[at];
    if (process.end() === "failed") violations.push(`${process.name} failed: ${String(process.result())}`);
    if (process.end() !== "done" || options === undefined) continue;
    violations.push(...falseStatements(aRun(options), process.result() as PublishResult, monitor.indexes));
  }
  if (!crashed) violations.push(...(await inconsistencies(store)));
  return [...violations, ...(await inconsistenciesAfterNextRun(store))];
}

interface ScheduleBudget {
  readonly crashes: number;
  readonly losses: number;
}

async function runToEnd(
  { processes, latePuts }: Simulation,
  monitor: InvariantMonitor,
  numbers: readonly number[],
  budget: ScheduleBudget,
) {
  const violations: string[] = [];
  let { crashes, losses } = budget;
  for (let turn = 0; ; turn++) {
    const waiting = processes.filter((process) => process.pending() !== null);
    if (waiting.length === 0) return violations;
    const number = numbers[turn % numbers.length] ?? 0;
    if (number % 10 === 9 && latePuts.length > 0)
      await latePuts.splice(number % latePuts.length, 1)[0]?.deliver();
    else {
      const process = waiting[number % waiting.length];
      const call = process?.pending() ?? null;
      const possible: readonly CallOutcome[] =
        call === null ? [] : possibleOutcomes(call, { crashes, losses });
      const outcome = (number > 900 ? possible[number % possible.length] : null) ?? "proceeds";
      crashes -= Number(outcome === "crashes");
      losses -= Number(outcome === "late");
      await process?.release(outcome);
    }
    violations.push(...(await monitor.check()));
  }
}

describe.each([true, false])("up to five runs at once, in a store that keeps metadata: %s", (metadata) => {
  it("mix no files, lose no month, and never replace a newer month by an older one", async () => {
    await fc.assert(
      fc.asyncProperty(someRuns, randomNumbers, budgets, async (runs, numbers, { crashes, losses }) => {
        const budget = { crashes, losses: metadata ? losses : 0 };
        expect(await violationsOf(runs, numbers, budget, metadata)).toEqual([]);
      }),
      { numRuns: 150, seed: 20260308 },
    );
  });
});
