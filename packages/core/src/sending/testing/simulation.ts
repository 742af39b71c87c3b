import { type Instant, instantOf } from "../../calendar/index.ts";
import type { Runtime } from "../../runtime/index.ts";
import { type SteppedProcess, startStepped } from "../../runtime/testing/index.ts";
import {
  type MemoryState,
  memoryState,
  type NewState,
  StateError,
  type StateKey,
  type StatePutOutcome,
  type StateStore,
} from "../../state/index.ts";
import type { PreparedMessage, Sending, SendingDependencies, SendingId, SendOutcome } from "../index.ts";
import { sendingIn } from "../sending-record.ts";

/** The message that all simulated senders send. */
export const ID: SendingId = { kind: "report", date: "2026-01-14", audience: "everyone" };

/** What a process waits to do. */
export type SendingCall =
  /** To begin, at any time. */
  | { readonly verb: "start" }
  | { readonly verb: "read" }
  | { readonly verb: "write"; readonly deliver: () => Promise<StatePutOutcome>; readonly text: string }
  | { readonly verb: "send"; readonly attempt: number }
  /** To report that the other side accepted an attempt: possible once it did. */
  | { readonly verb: "event" };

/** What happens to the call that a process waits to make. */
export type SendingFate =
  /** It is done and answered; a sent message is accepted. */
  | "proceeds"
  /** The process ends before it. To end after a call is to end before the next one. */
  | "crashes"
  /** There is no answer, and it is done at some later moment, at once included, or never. */
  | "late"
  /** A message is refused for now, or for ever. */
  | "throttled"
  | "rejected";

/** Something that is still on its way although its caller got no answer. */
export interface LateArrival {
  readonly text: string;
  readonly deliver: () => Promise<unknown>;
}

/** A simulated sender. */
export interface SendingProcess extends SteppedProcess<SendingCall, SendingFate> {
  readonly name: string;
  /** Everything that it has learned so far, and with that all that it will do. */
  history(): string;
}

/** Processes that share a state store and a mail system. */
export interface SendingSimulation {
  readonly state: MemoryState;
  readonly processes: readonly SendingProcess[];
  readonly late: LateArrival[];
  /** Accepted attempts: `{process} {attempt}`. */
  readonly accepted: string[];
  now(): Instant;
  /** An hour passes: every lease and every deadline ends. */
  passTime(): void;
  record(): Promise<Sending | null>;
  /** Everything outside the processes that the future depends on. */
  fingerprint(): Promise<string>;
}

/** What a simulated process does. */
export interface SendingActor {
  readonly name: string;
  act(given: ActorGiven): Promise<unknown>;
}

export interface ActorGiven extends SendingDependencies {
  prepare(): Promise<PreparedMessage>;
  /** The number of an attempt that was accepted, once there is one. */
  acceptedAttempt(): Promise<number>;
}

const HOUR = 3_600_000;
const DEADLINE = 55_000;

/** Starts every process, up to its first step. */
export async function startSendings(actors: readonly SendingActor[]): Promise<SendingSimulation> {
  const state = memoryState();
  const late: LateArrival[] = [];
  const accepted: string[] = [];
  let hours = 0;
  const now = () => instantOf(new Date(Date.parse("2026-01-15T08:00:00Z") + hours * HOUR));
  const outside: Surroundings = { state, late, accepted, hours: () => hours, now };
  const processes = await Promise.all(actors.map((actor, at) => startProcess(outside, actor, at + 1)));
  const key = { partition: `report#${ID.date}`, sort: ID.audience };
  return {
    state,
    processes,
    late,
    accepted,
    now,
    passTime: () => {
      hours += 1;
    },
    async record() {
      const found = await state.get(key);
      return found === null ? null : sendingIn(found, state.place);
    },
    fingerprint: async () => JSON.stringify([await state.get(key), accepted, hours]),
  };
}

interface Surroundings extends Pick<SendingSimulation, "state" | "late" | "accepted" | "now"> {
  hours(): number;
}

async function startProcess(
  outside: Surroundings,
  { name, act }: SendingActor,
  seed: number,
): Promise<SendingProcess> {
  let history = name;
  const learn = (what: unknown) => {
    history += `\n${JSON.stringify(what)}`;
  };

  const process = await startStepped<SendingCall, SendingFate>(async (step) => {
    async function gate(call: SendingCall): Promise<SendingFate> {
      const fate = await step(call);
      learn([call.verb, fate, outside.hours()]);
      return fate;
    }

    async function write(text: string, deliver: () => Promise<StatePutOutcome>): Promise<StatePutOutcome> {
      if ((await gate({ verb: "write", deliver, text })) === "late") {
        outside.late.push({ text, deliver });
        throw new StateError("unknown-outcome", "The answer was lost.");
      }
      const put = await deliver();
      learn(put);
      return put;
    }

    const store: StateStore = {
      place: "the simulation",
      async get(key) {
        await gate({ verb: "read" });
        const record = await outside.state.get(key);
        learn(record);
        return record;
      },
      list: () => Promise.reject(new Error("No sender lists records.")),
      putIfAbsent: (key: StateKey, next: NewState) =>
        write(`create ${JSON.stringify(next)}`, () => outside.state.putIfAbsent(key, next)),
      putIfVersion: (key: StateKey, next: NewState, version: string) =>
        write(`replace ${version} ${JSON.stringify(next)}`, () =>
          outside.state.putIfVersion(key, next, version),
        ),
      remove: () => Promise.reject(new Error("No sender removes a record.")),
    };

    async function send(attempt: number): Promise<SendOutcome> {
      const fate = await gate({ verb: "send", attempt });
      const accept = async () => void outside.accepted.push(`${name} ${attempt}`);
      if (fate === "late") {
        outside.late.push({ text: `send ${name} ${attempt}`, deliver: accept });
        return { outcome: "unknown", reason: "No answer arrived." };
      }
      if (fate !== "proceeds") {
        return { outcome: "refused", isRetryable: fate === "throttled", reason: fate };
      }
      await accept();
      return { outcome: "accepted", messageId: `message-${name}-${attempt}` };
    }

    await gate({ verb: "start" });
    const started = outside.hours();
    const runtime: Runtime = {
      clock: { now: outside.now, sleep: async () => {} },
      random: { fraction: () => 0.5, bytes: (count) => new Uint8Array(count).fill(seed) },
      deadline: { timeLeft: () => DEADLINE - (outside.hours() - started) * HOUR },
    };
    return act({
      state: store,
      runtime,
      prepare: async () => ({ send, summary: { total: "1.00" } }),
      async acceptedAttempt() {
        await gate({ verb: "event" });
        const attempt = Number(outside.accepted[0]?.split(" ")[1]);
        learn(attempt);
        return attempt;
      },
    });
  });
  return {
    ...process,
    name,
    history() {
      const end = process.end();
      const result = process.result();
      if (end === "running") return history;
      return `${name} ${end} ${end === "crashed" ? "" : JSON.stringify(result)} ${result}`;
    },
  };
}
