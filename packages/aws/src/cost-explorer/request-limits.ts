import type { Deadline } from "@dapanoskop/core/runtime";
import { DeadlineError, type TransportRuntime } from "../transport/index.ts";

/** The run has made all the requests that it may pay for. */
export class BudgetError extends Error {
  override readonly name = "BudgetError";
}

export interface RequestLimits {
  readonly requestsPerSecond: number;
  /** Requests that the run may still pay for. */
  readonly budgetLeft: () => number;
  /** Milliseconds on a clock that only goes forward. */
  readonly elapsed: () => number;
  readonly clock: TransportRuntime["clock"];
  readonly deadline: Deadline;
}

/**
 * Every attempt waits for this before it is sent, retries included: until the one before began long enough ago, and
 * there is money and time for it.
 * @throws BudgetError, DeadlineError
 */
export function requestGate(limits: RequestLimits): () => Promise<void> {
  const { requestsPerSecond, budgetLeft, elapsed, clock, deadline } = limits;
  let earliest = Number.NEGATIVE_INFINITY;
  return async () => {
    if (budgetLeft() <= 0) throw new BudgetError("The run's requests are used up.");
    const wait = Math.min(earliest - elapsed(), deadline.timeLeft());
    if (wait > 0) await clock.sleep(wait);
    if (deadline.timeLeft() <= 0) throw new DeadlineError(false);
    earliest = Math.max(earliest, elapsed()) + 1_000 / requestsPerSecond;
  };
}
