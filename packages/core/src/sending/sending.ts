import type { Day, Instant } from "../calendar/index.ts";

/** Which message, for one audience. It is sent at most once, unless an operator demands more. */
export type SendingId = ReportId | AlertId;

/** The report about a day. */
export interface ReportId {
  readonly kind: "report";
  /** The day that the message is about. */
  readonly date: Day;
  /** 1 to 40 characters of `a-z 0-9 -`. */
  readonly audience: string;
}

/** An alert about something of which there are several on one day. */
export interface AlertId extends Omit<ReportId, "kind"> {
  readonly kind: "alert";
  /** Names what it is about: 32 characters of `0-9 a-f`. */
  readonly alert: string;
}

/** What is recorded of a message. `docs/architecture.md` has the table of the states. */
export type SendingState =
  /** A process prepares it, until `leaseUntil`. Afterwards the next run takes over. */
  | "CLAIMED"
  /** An attempt is under way, or its answer was lost: nobody sends it again by himself. */
  | "SENDING"
  | "SENT"
  /** It was certainly not sent: three refusals, or one that another attempt would get again. */
  | "FAILED"
  /** It was sent, and came back from a recipient. */
  | "BOUNCED";

/** What a person reads: SENDING, once the process has ended or lost the answer, is UNKNOWN. */
export type ShownState = SendingState | "UNKNOWN";

/** The record of one message. */
export interface Sending {
  readonly id: SendingId;
  readonly state: SendingState;
  /** The number of the claim, from 1: each claim has a greater one. */
  readonly fence: number;
  /** Names the run that claimed it: 128 random bits, hex. */
  readonly owner: string;
  /** When this claim was made. */
  readonly claimedAt: Instant;
  /** Until then nobody else claims it. */
  readonly leaseUntil: Instant;
  /** Oldest first. Attempts of earlier claims are kept; of more than 60 the oldest refused ones are not. */
  readonly attempts: readonly SendingAttempt[];
  /** Of the newest accepted attempt; `null` when there is none, or the other side gives no ids. */
  readonly messageId: string | null;
  /** What the newest attempt's message said: small JSON; `null` before the first one. */
  readonly summary: unknown;
  /** Why it is not SENT, or what failed although it is, in a sentence for people; `null` when there is nothing to say. */
  readonly reason: string | null;
}

export interface SendingAttempt {
  /** From 1, over all claims: the tag `attempt` of the message. */
  readonly number: number;
  /** The claim under which it was made. */
  readonly fence: number;
  readonly startedAt: Instant;
  /** When its outcome became known; `null` before. */
  readonly endedAt: Instant | null;
  /** `pending`: no outcome is recorded, since it is under way or its process has ended. */
  readonly outcome: "pending" | "accepted" | "refused" | "unknown";
  readonly messageId: string | null;
  /** Why it was refused or is unknown, or what failed although it was accepted. */
  readonly reason: string | null;
  /** What the other side reported later, each event once, in the order of arrival. */
  readonly events: readonly SendingEvent[];
}

/** What the other side reports about an attempt after it: any number of times, in any order. */
export interface SendingEvent {
  readonly kind: "send" | "delivery" | "bounce" | "complaint";
  /** The number in the message's tags. */
  readonly attempt: number;
  readonly at: Instant;
  readonly messageId: string | null;
  /** Whom it concerns: mail addresses. */
  readonly recipients: readonly string[];
  readonly reason: string | null;
}

/** What is known from the attempts alone; `null` when every attempt was refused, and a new one cannot be a second message. */
export function knownState(attempts: readonly SendingAttempt[]): "SENT" | "BOUNCED" | "SENDING" | null {
  const accepted = attempts.filter(({ outcome }) => outcome === "accepted");
  if (accepted.length > 0) return accepted.every(isBounced) ? "BOUNCED" : "SENT";
  return attempts.some(({ outcome }) => outcome !== "refused") ? "SENDING" : null;
}

const isBounced = ({ events }: SendingAttempt) => events.some(({ kind }) => kind === "bounce");

/** The state as a person reads it at this moment. */
export function shownState(sending: Sending, now: Instant): ShownState {
  if (isLeased(sending, now)) return sending.state;
  const isUnfinished = sending.state === "CLAIMED" || sending.state === "SENDING";
  // A claim or an attempt that has ended without a result leaves what is known from the attempts.
  const state = isUnfinished ? (knownState(sending.attempts) ?? sending.state) : sending.state;
  return state === "SENDING" ? "UNKNOWN" : state;
}

/** Whether a process still works on it, as far as its lease tells. */
export const isLeased = ({ state, leaseUntil }: Sending, now: Instant): boolean =>
  (state === "CLAIMED" || state === "SENDING") && now < leaseUntil;
