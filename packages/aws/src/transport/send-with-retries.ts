import { DeadlineError, type Send, sendWithin } from "./attempt-timer.ts";
import type { FailureClass } from "./failure-class.ts";
import { LongAnswerError } from "./long-answer-error.ts";
import { isRetryable, pauseAfter, type RetryPolicy } from "./retry-policy.ts";
import type { TransportRuntime } from "./runtime.ts";
import type { Timeouts } from "./timeouts.ts";

/** One request of a service, which may be sent several times. */
export interface RetriedRequest<Answer> {
  readonly send: Send<Answer>;
  readonly classify: (cause: unknown) => FailureClass;
  /** Whether `send` now goes where the service has directed it. Then it is sent again at once. */
  readonly redirect?: (cause: unknown) => boolean;
}

export interface TransportSettings {
  readonly policy: RetryPolicy;
  readonly timeouts: Timeouts;
  readonly runtime: TransportRuntime;
}

export type RequestOutcome<Answer> =
  | { readonly answered: true; readonly answer: Answer }
  | { readonly answered: false; readonly failed: FailedRequest };

/** A request that was not done, as far as is known. */
export interface FailedRequest {
  /** Of the last attempt. */
  readonly cause: unknown;
  readonly failureClass: FailureClass;
  readonly attempts: number;
  /** One of the attempts may have been done. */
  readonly lost: boolean;
  /** There was no time for another attempt, or for all of the last one. */
  readonly ranOutOfTime: boolean;
}

/** How often a request is sent again at once, after a redirect or a correction of the clock. These are no attempts. */
const IMMEDIATE_RESENDS = 3;

/**
 * Sends a request until it is answered, the attempts are used up or the time is over. Never throws.
 *
 * The attempts are made here and not by the SDK. The SDK's retries end where the head of an answer has arrived, they
 * would hide that an earlier attempt's answer was lost, they have no deadline, and AWS_MAX_ATTEMPTS could switch them on
 * for a request that must be sent once.
 */
export async function sendWithRetries<Answer>(
  { send, classify, redirect }: RetriedRequest<Answer>,
  { policy, timeouts, runtime: { clock, random, deadline } }: TransportSettings,
): Promise<RequestOutcome<Answer>> {
  let attempt = 1;
  let resends = IMMEDIATE_RESENDS;
  let lost = false;
  for (;;) {
    try {
      const longest = timeouts.connection + timeouts.request;
      return { answered: true, answer: await sendWithin(longest, deadline.timeLeft(), send) };
    } catch (cause) {
      const failureClass = classify(cause);
      if (resends > 0 && (failureClass === "clock-corrected" || redirect?.(cause) === true)) {
        resends -= 1;
        continue;
      }
      lost ||= failureClass === "lost" || failureClass === "throttled";
      // A service that answers too much does so again.
      const again =
        attempt < policy.attempts && isRetryable(failureClass) && !(cause instanceof LongAnswerError);
      const pause = pauseAfter(attempt, failureClass, policy, random);
      const ranOutOfTime = cause instanceof DeadlineError || (again && pause >= deadline.timeLeft());
      if (!again || ranOutOfTime) {
        return { answered: false, failed: { cause, failureClass, attempts: attempt, lost, ranOutOfTime } };
      }
      await clock.sleep(pause);
      attempt += 1;
    }
  }
}
