import type { Send } from "./attempt-timer.ts";
import { failureClassOf, type ServiceErrorClass } from "./failure-class.ts";
import type { RetryPolicy } from "./retry-policy.ts";
import { deadlineIn, transportRuntime } from "./runtime.ts";
import { type RequestOutcome, sendWithRetries } from "./send-with-retries.ts";
import { clientSettings, type Timeouts } from "./timeouts.ts";

// For services that answer in milliseconds, while a person waits for the page.
const POLICY: RetryPolicy = { attempts: 2, throttledBase: 500, transientBase: 100, cap: 500 };
const TIMEOUTS: Timeouts = { connection: 1_000, request: 2_000 };
const WHOLE = 5_000;

/** Their answers are a signature, a parameter or a secret, of 64 KB at most. */
const LONGEST_ANSWER = 1 << 20;

/** For the SDK clients of `sendInteractive`. */
export const interactiveClient = () => clientSettings(TIMEOUTS, { longestAnswer: LONGEST_ANSWER });

/** Sends a request at most twice, and within five seconds. Never throws. */
export const sendInteractive = <Answer>(
  ofService: ServiceErrorClass,
  send: Send<Answer>,
): Promise<RequestOutcome<Answer>> =>
  sendWithRetries(
    { send, classify: (cause) => failureClassOf(cause, ofService) },
    { policy: POLICY, timeouts: TIMEOUTS, runtime: transportRuntime({ deadline: deadlineIn(WHOLE) }) },
  );
