import { type SendResult, sendOnce, settle, shownState } from "../index.ts";
import type { FaultBudget, SendingModel } from "./explore.ts";
import { ID, type SendingActor, type SendingSimulation, startSendings } from "./simulation.ts";

/** A run that sends the report. */
export const sender = (name: string): SendingActor => ({
  name,
  act: ({ prepare, ...dependencies }) => sendOnce(ID, prepare, dependencies),
});

/** An operator who sends it again. */
export const operator: SendingActor = {
  name: "operator",
  act: ({ prepare, ...dependencies }) => sendOnce(ID, prepare, dependencies, { resend: true }),
};

/** A run that also sends again what failed for certain. */
export const retrier = (name: string): SendingActor => ({
  name,
  act: ({ prepare, ...dependencies }) => sendOnce(ID, prepare, dependencies, { retryFailed: true }),
});

/** Reports that the first accepted attempt was sent, twice. */
export const reporter: SendingActor = {
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

const NO_FAULTS: FaultBudget = { crashes: 0, losses: 0, timeouts: 0, refusals: 0, hours: 0 };

/**
 * Some processes and the faults that may happen to them. The checks are the promises of `sendOnce`: at most one accepted
 * message, one more for each operator, and no silent day.
 */
export function sendingModel(actors: readonly SendingActor[], budget: Partial<FaultBudget>): SendingModel {
  const most = 1 + actors.filter((actor) => actor.act === operator.act).length;
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
