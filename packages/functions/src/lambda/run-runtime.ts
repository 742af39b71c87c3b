import { instantOf } from "@dapanoskop/core/calendar";
import type { Runtime } from "@dapanoskop/core/runtime";

/** The machine as a handler's arguments give it. */
interface Machine {
  now(): Date;
  randomBytes(count: number): Uint8Array;
  sleep(milliseconds: number): Promise<void>;
}

/** The clock, chance and deadline of one invocation. @param timeLeft milliseconds */
export const runRuntime = (machine: Machine, timeLeft: () => number): Runtime => ({
  clock: { now: () => instantOf(machine.now()), sleep: (pause) => machine.sleep(pause) },
  // Jitter between rounds of the state store.
  random: { fraction: () => (machine.randomBytes(1)[0] ?? 0) / 256, bytes: machine.randomBytes },
  deadline: { timeLeft },
});
