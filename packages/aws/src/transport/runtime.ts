import { setTimeout as sleep } from "node:timers/promises";
import { type Clock, type Deadline, noDeadline, type Random } from "@dapanoskop/core/runtime";

/** What sending takes from the machine. Requests are sent for as long as the deadline has time left. */
export interface TransportRuntime {
  readonly clock: Pick<Clock, "sleep">;
  readonly random: Pick<Random, "fraction">;
  readonly deadline: Deadline;
}

/** The machine's own, without a deadline, where nothing else is given. */
export const transportRuntime = (own: Partial<TransportRuntime>): TransportRuntime => ({
  clock: own.clock ?? { sleep: (milliseconds) => sleep(milliseconds) },
  random: own.random ?? { fraction: Math.random },
  deadline: own.deadline ?? noDeadline,
});

/** A deadline so many milliseconds from now. */
export function deadlineIn(milliseconds: number): Deadline {
  const end = performance.now() + milliseconds;
  return { timeLeft: () => end - performance.now() };
}
