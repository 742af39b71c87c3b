import { describe, expect, it } from "vitest";
import { type SendResult, sendOnce, settle, shownState } from "./index.ts";
import { exploreSendings, type FaultBudget, type SendingModel } from "./testing/explore.ts";
import { ID, type SendingActor, type SendingSimulation, startSendings } from "./testing/simulation.ts";

// An exhaustive check of the real code: every order of the calls of some senders, with crashes at any point, leases that end,
// writes whose answers are lost while they arrive at once, later, or never, and messages whose answers are lost.

const sender = (name: string): SendingActor => ({
  name,
  act: ({ prepare, ...dependencies }) => sendOnce(ID, prepare, dependencies),
});

const operator: SendingActor = {
  name: "operator",
  act: ({ prepare, ...dependencies }) => sendOnce(ID, prepare, dependencies, { resend: true }),
};

/** Reports that the first accepted attempt was sent, twice. */
const reporter: SendingActor = {
  name: "reporter",
  async act({ acceptedAttempt, ...dependencies }) {
    const event = {
      attempt: await acceptedAttempt(),
      at: "2026-01-15T08:00:09Z",
      messageId: "m",
      reason: null,
    };
    await settle(ID, { ...event, kind: "send", recipients: ["a@example.com"] }, dependencies);
    return settle(ID, { ...event, kind: "send", recipients: ["a@example.com"] }, dependencies);
  },
};

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

const NO_FAULTS: FaultBudget = { crashes: 0, losses: 0, timeouts: 0, refusals: 0, hours: 0 };

function modelOf({ actors, budget }: SendingScenario): SendingModel {
  const most = 1 + Number(actors.includes(operator));
  const lateSends = ({ late }: SendingSimulation) =>
    late.filter(({ text }) => text.startsWith("send ")).length;

  async function check(simulation: SendingSimulation): Promise<readonly string[]> {
    const violations: string[] = [];
    const { accepted } = simulation;
    if (accepted.length + lateSends(simulation) > most) violations.push(`sent ${accepted} and more`);
    if (new Set(accepted).size < accepted.length) violations.push(`one attempt made twice: ${accepted}`);
    const record = await simulation.record();
    const isSent = record?.state === "SENT" || record?.state === "BOUNCED";
    if (isSent && accepted.length === 0) violations.push("SENT, but nothing was accepted");
    if (record?.state === "FAILED" && accepted.length > 0) violations.push("FAILED, but it was accepted");
    return violations;
  }

  async function checkEnd(simulation: SendingSimulation): Promise<readonly string[]> {
    const violations: string[] = [];
    const isFaultless = Object.values({ ...NO_FAULTS, ...budget }).every((count) => count === 0);
    for (const process of simulation.processes) {
      const { outcome } = (process.result() ?? {}) as Partial<SendResult>;
      const own = simulation.accepted.filter((attempt) => attempt.startsWith(`${process.name} `)).length;
      if (process.end() === "failed") violations.push(`${process.name} failed: ${process.result()}`);
      if (process.end() !== "done" || process.name === "reporter") continue;
      if (outcome === "sent" && own === 0) violations.push(`${process.name} says sent, but did not`);
      if (outcome === "failed" && own > 0) violations.push(`${process.name} says failed, but sent`);
      if (outcome === "elsewhere" && own > 0) violations.push(`${process.name} says elsewhere, but sent`);
      if (outcome === "postponed" && own > 0) violations.push(`${process.name} says postponed, but sent`);
      if (isFaultless && outcome !== "sent" && outcome !== "elsewhere") violations.push(`outcome ${outcome}`);
    }
    return [...violations, ...(await silence(simulation))];
  }

  /** No day is silent: a person reads SENT, BOUNCED, FAILED or UNKNOWN, or the next run sends it. */
  async function silence(simulation: SendingSimulation): Promise<readonly string[]> {
    const { accepted } = simulation;
    simulation.passTime();
    const record = await simulation.record();
    const shown = record === null ? null : shownState(record, simulation.now());
    const before = accepted.length;
    const next = await nextRun(simulation);
    const total = accepted.length + lateSends(simulation);
    if (total > most) return [`the run after ${shown} sent a second message: ${accepted}`];
    const isFree = shown === null || shown === "CLAIMED";
    if (isFree && (next.outcome !== "sent" || accepted.length !== 1)) return [`${shown} is a silent day`];
    if (!isFree && accepted.length > before) return [`${shown}, and the next run sent it again`];
    if (shown === "SENDING") return ["SENDING is shown after every process ended"];
    // Every late message that was accepted is reported in the end.
    for (const { text, deliver } of simulation.late) if (text.startsWith("send ")) await deliver();
    for (const attempt of accepted) await reportSent(simulation, Number(attempt.split(" ")[1]));
    const end = await simulation.record();
    const known = end === null ? null : shownState(end, simulation.now());
    return accepted.length > 0 && known !== "SENT" ? [`sent and reported, but shown ${known}`] : [];
  }

  return { begin: () => startSendings(actors), check, checkEnd, budget: { ...NO_FAULTS, ...budget } };
}

const runtimeOf = (simulation: SendingSimulation) => ({
  clock: { now: simulation.now, sleep: async () => {} },
  random: { fraction: () => 0.5, bytes: (count: number) => new Uint8Array(count).fill(0xff) },
  deadline: { timeLeft: () => 55_000 },
});

/** A run of the day after, without faults. */
function nextRun(simulation: SendingSimulation): Promise<SendResult> {
  const message = {
    summary: null,
    async send(attempt: number) {
      simulation.accepted.push(`next ${attempt}`);
      return { outcome: "accepted", messageId: "next" } as const;
    },
  };
  return sendOnce(ID, async () => message, { state: simulation.state, runtime: runtimeOf(simulation) });
}

async function reportSent(simulation: SendingSimulation, attempt: number): Promise<void> {
  const event = {
    kind: "send",
    attempt,
    at: simulation.now(),
    messageId: "m",
    recipients: [],
    reason: null,
  } as const;
  await settle(ID, event, { state: simulation.state, runtime: runtimeOf(simulation) });
}

describe("every order of the steps of some senders", () => {
  // Seconds on a machine of its own.
  const timeout = 300_000;

  it.each(scenarios)(
    "sends at most once and leaves no silent day in more than $over schedules: $title",
    { timeout },
    async (scenario) => {
      const { schedules } = await exploreSendings(modelOf(scenario));
      expect(schedules).toBeGreaterThan(scenario.over);
    },
  );
});
