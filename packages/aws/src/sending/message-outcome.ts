import { refusedForGood, refusedForNow, type SendOutcome, unknownOutcome } from "@dapanoskop/core/sending";
import { quoted } from "@dapanoskop/core/text";
import {
  checkNetwork,
  credentialsSentence,
  type FailureClass,
  LongAnswerError,
  longAnswerSentence,
  quotedCause,
  statusOf,
  systemName,
  untrustedSentence,
} from "../transport/index.ts";

/** Why a message was not accepted, as far as is known. */
export interface MessageFailure {
  readonly cause: unknown;
  /** `misconfigured`: the SDK could not make a request of its settings. */
  readonly kind: FailureClass | "misconfigured";
}

/** What only one service knows about its answers. */
export interface Refusals {
  /** For sentences: `SES`. */
  readonly service: string;
  /** What an answer of the service means that another attempt would get as well. */
  refusal(cause: unknown): string;
  /** The same of an answer that asks for fewer messages; `null`: another attempt may be accepted. */
  lastingThrottle?(cause: unknown): string | null;
}

/** What a failure means for the message, with the sentence of what to do. */
export function messageOutcome({ cause, kind }: MessageFailure, refusals: Refusals): SendOutcome {
  const { service } = refusals;
  const notSent = (sentence: string) => `The message was not sent: ${sentence}`;
  switch (kind) {
    case "rejected":
      return refusedForGood(notSent(refusals.refusal(cause)));
    case "throttled": {
      const lasting = refusals.lastingThrottle?.(cause) ?? null;
      if (lasting !== null) return refusedForGood(notSent(lasting));
      return refusedForNow(
        notSent(
          `${service} accepts fewer messages at the moment (${quoted(systemName(cause))}). Send it again later.`,
        ),
      );
    }
    case "unsent":
      return refusedForNow(
        notSent(`no connection to ${service} came about (${quotedCause(cause)}). ${checkNetwork(service)}`),
      );
    case "credentials":
    case "clock-corrected":
      return refusedForGood(notSent(credentialsSentence(cause)));
    case "untrusted":
      return refusedForGood(notSent(untrustedSentence(service, cause)));
    case "misconfigured":
      return refusedForGood(
        notSent(
          `the settings make no request (${quotedCause(cause)}). Check AWS_REGION and AWS_ENDPOINT_URL.`,
        ),
      );
    case "lost":
      return unknownOutcome(
        `Whether the message was sent is not known: ${howLost(service, cause)}. Check whether it arrived before you send it again.`,
      );
  }
}

function howLost(service: string, cause: unknown): string {
  if (cause instanceof LongAnswerError) return longAnswerSentence(service, cause).replace(/\.$/, "");
  const status = statusOf(cause);
  const error = quoted(systemName(cause));
  if (status === null) return `${service} did not answer (${error})`;
  if (status < 300) return `the answer could not be read as one of ${service} (${error})`;
  return `${service} failed with status ${status} (${error})`;
}
