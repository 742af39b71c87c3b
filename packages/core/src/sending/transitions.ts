import type { Instant } from "../calendar/index.ts";
import type { SendOutcome } from "./send-outcome.ts";
import {
  isLeased,
  knownState,
  type Sending,
  type SendingAttempt,
  type SendingEvent,
  type SendingId,
} from "./sending.ts";

/**
 * What a transition makes of the record as it is now: the next record; `done` when the record says it already, because
 * an earlier write whose answer was lost has arrived; `refused` when the record does not permit it.
 */
export type SendingTransition = (current: Sending | null) => Sending | "done" | "refused";

/** The run that acts, and the times of this step. */
export interface SendingStep {
  readonly owner: string;
  readonly now: Instant;
  readonly leaseUntil: Instant;
}

/** What a call of `sendOnce` claims beside what nobody has claimed. */
export interface SendOptions {
  /** An operator demands another attempt, whatever became of the earlier ones: they are kept. Default: false. */
  readonly resend?: boolean;
  /** Also claims what FAILED, of which no attempt was or may have been accepted. Default: false. */
  readonly retryFailed?: boolean;
}

const isOwn = (current: Sending | null, { owner }: SendingStep): current is Sending =>
  current !== null && current.owner === owner;

/**
 * Claims a message: if there is no record, or one whose claim has ended and whose attempts were all refused. A `resend`
 * also claims one that was sent, failed or is unknown; `retryFailed` one that FAILED and of which every attempt was refused. A
 * live lease refuses all.
 */
export function claim(
  id: SendingId,
  { owner, now, leaseUntil }: SendingStep,
  { resend = false, retryFailed = false }: SendOptions,
): SendingTransition {
  return (current) => {
    if (current === null) {
      const fresh = { fence: 1, attempts: [], messageId: null, summary: null, reason: null };
      return { id, state: "CLAIMED", owner, claimedAt: now, leaseUntil, ...fresh };
    }
    if (current.owner === owner) return current.state === "CLAIMED" ? "done" : "refused";
    if (isLeased(current, now)) return "refused";
    const isOpen = current.state === "CLAIMED" || (retryFailed && current.state === "FAILED");
    const isFree = isOpen && knownState(current.attempts) === null;
    if (!isFree && !resend) return "refused";
    const { fence } = current;
    return {
      ...current,
      state: "CLAIMED",
      fence: fence + 1,
      owner,
      claimedAt: now,
      leaseUntil,
      reason: null,
    };
  };
}

/** From CLAIMED to SENDING, with a new attempt: from here nobody else sends by himself. */
export function intend(step: SendingStep, number: number, summary: unknown): SendingTransition {
  return (current) => {
    if (!isOwn(current, step)) return "refused";
    if (current.state === "SENDING" && current.attempts.at(-1)?.number === number) return "done";
    if (current.state !== "CLAIMED") return "refused";
    const attempt: SendingAttempt = {
      number,
      fence: current.fence,
      startedAt: step.now,
      endedAt: null,
      outcome: "pending",
      messageId: null,
      reason: null,
      events: [],
    };
    const attempts = [...keptAttempts(current.attempts), attempt];
    return { ...current, state: "SENDING", leaseUntil: step.leaseUntil, attempts, summary, reason: null };
  };
}

/** Attempts of a record, which has a largest size: a message that is refused for months can be sent afterwards. */
const MOST_ATTEMPTS = 60;

/** The attempts before a new one. The oldest refused ones are dropped: no message is left of them. */
function keptAttempts(attempts: readonly SendingAttempt[]): readonly SendingAttempt[] {
  let excess = attempts.length + 1 - MOST_ATTEMPTS;
  return attempts.filter(({ outcome }) => {
    const isDropped = excess > 0 && outcome === "refused";
    if (isDropped) excess -= 1;
    return !isDropped;
  });
}

/** Characters of a reason: it may be what a sender threw, or another system's words. */
const LONGEST_REASON = 2_000;

const boundedReason = (reason: string | null): string | null =>
  reason !== null && reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON)}…` : reason;

/** Gives up a claim before its attempt: the next run takes over, unless an earlier attempt was or may have been sent. */
export function release(step: SendingStep, reason: string): SendingTransition {
  return (current) => {
    if (!isOwn(current, step) || current.state !== "CLAIMED") return "refused";
    if (current.leaseUntil <= step.now && current.reason === reason) return "done";
    const state = knownState(current.attempts) ?? "CLAIMED";
    return { ...current, state, leaseUntil: step.now, reason };
  };
}

/** Records what an attempt came to. @param again whether a refused one is followed by another one */
export function finish(
  step: SendingStep,
  number: number,
  outcome: SendOutcome,
  again: boolean,
): SendingTransition {
  return (current) => {
    const attempt = current?.attempts.find((one) => one.number === number);
    if (current === null || attempt === undefined) return "refused";
    const { now } = step;
    const reason = boundedReason(outcome.outcome === "accepted" ? (outcome.warning ?? null) : outcome.reason);
    const messageId = outcome.outcome === "accepted" ? outcome.messageId : null;
    if (attempt.outcome === outcome.outcome && attempt.endedAt !== null) {
      if (attempt.messageId === messageId || messageId === null) return "done";
    }
    // An event that arrived before this answer has settled it: what is known is not made unknown again.
    if (attempt.outcome === "accepted" && outcome.outcome !== "accepted") return "done";
    const ended = { ...attempt, endedAt: now, outcome: outcome.outcome, messageId, reason };
    const next = withAttempt(current, ended);
    const isUnderWay = isOwn(current, step) && current.state === "SENDING";
    if (!isUnderWay || outcome.outcome === "accepted") return next;
    if (again) return { ...next, state: "CLAIMED", leaseUntil: step.leaseUntil, reason };
    return { ...next, state: knownState(next.attempts) ?? "FAILED", leaseUntil: now, reason };
  };
}

/** Adds what the other side reports about an attempt. Events that were reported already, and of unknown attempts, have no effect. */
export function report(event: SendingEvent): SendingTransition {
  return (current) => {
    const attempt = current?.attempts.find((one) => one.number === event.attempt);
    if (current === null || attempt === undefined) return "refused";
    const isKept = event.kind !== "send" && !attempt.events.some((one) => isSame(one, event));
    if (attempt.outcome === "accepted" && !isKept) return "done";
    const kept = { ...event, reason: boundedReason(event.reason) };
    const events = isKept ? [...attempt.events, kept] : attempt.events;
    return withAttempt(current, {
      ...attempt,
      events,
      // Each kind of event says that the message was accepted.
      outcome: "accepted",
      endedAt: attempt.endedAt ?? event.at,
      messageId: attempt.messageId ?? event.messageId,
      reason: attempt.outcome === "accepted" ? attempt.reason : null,
    });
  };
}

const isSame = (one: SendingEvent, other: SendingEvent): boolean =>
  one.kind === other.kind && recipientsText(one) === recipientsText(other);

const recipientsText = ({ recipients }: SendingEvent) => JSON.stringify([...recipients].sort());

/**
 * The record with an attempt replaced. One that turns out to be accepted settles the record, and so stops a run that is
 * about to send again. Otherwise a claim and an attempt that are under way continue.
 */
function withAttempt(current: Sending, attempt: SendingAttempt): Sending {
  const attempts = current.attempts.map((one) => (one.number === attempt.number ? attempt : one));
  const messageId = attempts.findLast(({ messageId }) => messageId !== null)?.messageId ?? null;
  const before = current.attempts.find(({ number }) => number === attempt.number);
  const isNew = attempt.outcome === "accepted" && before?.outcome !== "accepted";
  const isAtRest = current.state === "SENT" || current.state === "BOUNCED";
  if (!isNew && !isAtRest) return { ...current, attempts, messageId };
  const reason = attempts.findLast(({ outcome }) => outcome === "accepted")?.reason ?? null;
  return { ...current, attempts, messageId, state: knownState(attempts) ?? current.state, reason };
}
