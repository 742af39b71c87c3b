import { type Instant, instantOf } from "../calendar/index.ts";
import type { Clock, Random, Runtime } from "../runtime/index.ts";

/** A clock that only sleeping moves, and that records each sleep in milliseconds. */
export interface TestClock extends Clock {
  readonly sleeps: readonly number[];
  /** Milliseconds slept so far. */
  elapsed(): number;
}

export function testClock(at: Instant = "2026-03-08T06:00:00Z"): TestClock {
  const sleeps: number[] = [];
  const elapsed = () => sleeps.reduce((total, milliseconds) => total + milliseconds, 0);
  return {
    sleeps,
    elapsed,
    now: () => instantOf(new Date(Date.parse(at) + elapsed())),
    sleep: async (milliseconds) => {
      sleeps.push(milliseconds);
    },
  };
}

/** Always the same fraction; bytes count up, so that two identifiers differ and two test runs do not. */
export function testRandom(fraction = 0.5): Random {
  let next = 0;
  return {
    fraction: () => fraction,
    bytes: (count) => Uint8Array.from({ length: count }, () => next++ % 256),
  };
}

/** A runtime that never waits, with a minute left. */
export const testRuntime = (own: Partial<Runtime> = {}): Runtime => ({
  clock: testClock(),
  random: testRandom(),
  deadline: { timeLeft: () => 60_000 },
  ...own,
});
