import type { CostExplorerClientConfig } from "@aws-sdk/client-cost-explorer";
import type { Host } from "./request-gate.ts";

/** Attempts at one request, the first included. */
export const MAX_ATTEMPTS = 8;

/** What the SDK takes as a retry strategy, in the form that returns tokens. */
type RetryStrategy = Extract<
  NonNullable<CostExplorerClientConfig["retryStrategy"]>,
  { acquireInitialRetryToken: unknown }
>;
type RetryToken = Awaited<ReturnType<RetryStrategy["acquireInitialRetryToken"]>>;

/** Cost Explorer's rate is not published; being told to slow down means seconds. A broken line is tried again sooner. */
const THROTTLE_BASE = 1_000;
const TRANSIENT_BASE = 100;
const CAP = 20_000;

/** How the SDK retries: exponential back-off with full jitter, in milliseconds, never past the run's own deadline. */
export interface Patience {
  readonly strategy: RetryStrategy;
  /** The last request was given up because waiting for another attempt would have passed the deadline. */
  readonly ranOutOfTime: () => boolean;
}

export function patience(host: Host, timeLeft: () => number): Patience {
  let outOfTime = false;
  return {
    ranOutOfTime: () => outOfTime,
    strategy: {
      async acquireInitialRetryToken() {
        outOfTime = false;
        return retryToken(0);
      },
      async refreshRetryTokenForRetry(token, { errorType }) {
        const attempts = token.getRetryCount() + 1;
        // A request only reads, so whatever a server failed at may be asked again.
        if (errorType === "CLIENT_ERROR" || attempts >= MAX_ATTEMPTS) throw new Error("No further attempt.");
        const base = errorType === "THROTTLING" ? THROTTLE_BASE : TRANSIENT_BASE;
        const delay = host.random() * Math.min(CAP, base * 2 ** (attempts - 1));
        outOfTime = delay >= timeLeft();
        if (outOfTime) throw new Error("No time for a further attempt.");
        await host.sleep(delay);
        return retryToken(attempts);
      },
      recordSuccess() {},
    },
  };
}

// The waiting is done here, on the host's clock, so the SDK has none left to do.
const retryToken = (attempts: number): RetryToken => ({
  getRetryCount: () => attempts,
  getRetryDelay: () => 0,
});
