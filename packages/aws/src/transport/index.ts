export { DeadlineError, type Send } from "./attempt-timer.ts";
export { messageOf, nameOf, statusOf, systemName, textIn } from "./error-fields.ts";
export {
  CHECK_PROXY,
  checkNetwork,
  credentialsSentence,
  longAnswerSentence,
  quotedCause,
  quotedMessage,
  untrustedSentence,
} from "./error-text.ts";
export {
  type FailureClass,
  failureClassOf,
  isOfCredentialProvider,
  type ServiceErrorClass,
} from "./failure-class.ts";
export { interactiveClient, sendInteractive } from "./interactive-request.ts";
export { LongAnswerError } from "./long-answer-error.ts";
export { BASES, type RetryPolicy } from "./retry-policy.ts";
export { type TransportRuntime, transportRuntime } from "./runtime.ts";
export {
  type FailedRequest,
  type RequestOutcome,
  sendWithRetries,
} from "./send-with-retries.ts";
export { clientSettings, type Timeouts, timeoutsWithDefaults } from "./timeouts.ts";
