import type { Random } from "@dapanoskop/core/runtime";
import type { FailureClass } from "./failure-class.ts";

/** How often a request is sent, and how long the pauses are. All times are milliseconds. */
export interface RetryPolicy {
  /** The first one included. */
  readonly attempts: number;
  /** The longest first pause after a throttled attempt. It doubles with every attempt. */
  readonly throttledBase: number;
  /** The same after any other failure. */
  readonly transientBase: number;
  /** No pause is longer. */
  readonly cap: number;
}

/** A throttled caller waits seconds. A broken connection is tried again sooner. */
export const BASES = { throttledBase: 1_000, transientBase: 100 };

const RETRYABLE: ReadonlySet<FailureClass> = new Set(["unsent", "throttled", "lost"]);

/** Whether the same request may succeed later. */
export const isRetryable = (failureClass: FailureClass): boolean => RETRYABLE.has(failureClass);

/** The pause after attempt number `attempt`, which begins at 1: exponential, with full jitter. */
export function pauseAfter(
  attempt: number,
  failureClass: FailureClass,
  { throttledBase, transientBase, cap }: RetryPolicy,
  random: Pick<Random, "fraction">,
): number {
  const base = failureClass === "throttled" ? throttledBase : transientBase;
  return random.fraction() * Math.min(cap, base * 2 ** (attempt - 1));
}
