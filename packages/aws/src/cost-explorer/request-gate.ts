/** Time and chance, in milliseconds. Tests bring their own. */
export interface Host {
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** A clock that only goes forward. */
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
}

/** Why a request was not sent: a limit of the run, not an answer of AWS. */
export class RunLimit extends Error {
  readonly limit: "budget" | "deadline";

  constructor(limit: "budget" | "deadline") {
    super(`The run's ${limit} is used up.`);
    this.name = "RunLimit";
    this.limit = limit;
  }
}

export interface GateLimits {
  readonly requestsPerSecond: number;
  /** Milliseconds in which requests may still be made; `Infinity` without a deadline. */
  readonly timeLeft: () => number;
  /** Requests that the run may still pay for. */
  readonly budgetLeft: () => number;
}

/**
 * What every attempt passes, retries included, before it is sent: there is money and time for it, and the last one
 * began long enough ago.
 * @returns a function that waits for its turn
 * @throws RunLimit
 */
export function requestGate(host: Host, limits: GateLimits): () => Promise<void> {
  const apart = 1_000 / limits.requestsPerSecond;
  let earliest = Number.NEGATIVE_INFINITY;
  return async () => {
    if (limits.budgetLeft() <= 0) throw new RunLimit("budget");
    const wait = Math.min(earliest - host.now(), limits.timeLeft());
    if (wait > 0) await host.sleep(wait);
    if (limits.timeLeft() <= 0) throw new RunLimit("deadline");
    earliest = Math.max(earliest, host.now()) + apart;
  };
}
