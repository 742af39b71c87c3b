import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exploreSendings, type FaultBudget, runSchedule } from "./testing/explore.ts";
import { operator, reporter, retrier, sender, sendingModel } from "./testing/sending-model.ts";
import type { SendingActor } from "./testing/simulation.ts";

// An exhaustive check of the real code: every order of the calls of some senders, with crashes at any point, leases that end,
// writes whose answers are lost while they arrive at once, later, or never, and messages whose answers are lost.

interface SendingScenario {
  readonly title: string;
  readonly actors: readonly SendingActor[];
  readonly budget: Partial<FaultBudget>;
  /** There are more schedules than this; fewer would mean that the exploration misses some. */
  readonly over: bigint;
}

const scenarios: readonly SendingScenario[] = [
  {
    title: "one event, delivered twice, and every process may crash",
    actors: [sender("a"), sender("b")],
    budget: { crashes: 2, hours: 2 },
    over: 141_000n,
  },
  {
    title: "two senders, lost answers of two writes",
    actors: [sender("a"), sender("b")],
    budget: { crashes: 1, losses: 2, hours: 1 },
    over: 126_000_000n,
  },
  {
    title: "two senders, refusals and lost answers of the mail system",
    actors: [sender("a"), sender("b")],
    budget: { crashes: 1, timeouts: 1, refusals: 3, hours: 1 },
    over: 960_000n,
  },
  {
    title: "two senders, every fault once",
    actors: [sender("a"), sender("b")],
    budget: { crashes: 1, losses: 1, timeouts: 1, refusals: 1, hours: 1 },
    over: 44_000_000n,
  },
  {
    title: "three senders, all may crash",
    actors: [sender("a"), sender("b"), sender("c")],
    budget: { crashes: 3, hours: 1 },
    over: 84_000_000n,
  },
  {
    title: "three senders and a lost answer of a write",
    actors: [sender("a"), sender("b"), sender("c")],
    budget: { losses: 1, hours: 1 },
    over: 10_700_000_000n,
  },
  {
    title: "two senders that retry what failed, refusals and a lost answer of the mail system",
    actors: [retrier("a"), retrier("b")],
    budget: { crashes: 1, timeouts: 1, refusals: 3, hours: 1 },
    over: 1_090_000n,
  },
  {
    title: "two senders that retry what failed, and a third one that does not, with a lost answer of a write",
    actors: [retrier("a"), retrier("b"), sender("c")],
    budget: { losses: 1, refusals: 1, hours: 1 },
    over: 124_000_000_000n,
  },
  {
    title: "a sender and an operator who sends again",
    actors: [sender("a"), operator],
    budget: { crashes: 1, timeouts: 1, refusals: 1, hours: 1 },
    over: 43_000_000n,
  },
  {
    title: "a sender beside the report of its Send event",
    actors: [sender("a"), reporter],
    budget: { crashes: 1, losses: 1, timeouts: 1, refusals: 1, hours: 1 },
    over: 4_400_000n,
  },
  {
    title: "a sender, an operator who sends again, and the report of the Send event",
    actors: [sender("a"), operator, reporter],
    budget: { crashes: 1, hours: 1 },
    over: 33_600_000_000n,
  },
];

describe("every order of the steps of some senders", () => {
  // Seconds on a machine of its own.
  const timeout = 300_000;

  it.each(scenarios)(
    "sends at most once and leaves no silent day in more than $over schedules: $title",
    { timeout },
    async (scenario) => {
      const { schedules } = await exploreSendings(sendingModel(scenario.actors, scenario.budget));
      expect(schedules).toBeGreaterThan(scenario.over);
    },
  );
});

describe("a random order of the steps of many senders", () => {
  it("sends at most once and leaves no silent day, with more faults than can be explored", async () => {
    const actors = [
      ...["a", "b", "c", "d", "e"].map(sender),
      ...["f", "g"].map(retrier),
      { ...operator, name: "operator-1" },
      { ...operator, name: "operator-2" },
      reporter,
    ];
    const budget = { crashes: 4, losses: 4, timeouts: 2, refusals: 5, hours: 4 };
    const choices = fc.array(fc.nat(), { minLength: 60, maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(choices, (choice) => runSchedule(sendingModel(actors, budget), choice)),
      { numRuns: 1_000 },
    );
  });
});
