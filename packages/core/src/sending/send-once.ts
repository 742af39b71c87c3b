import type { Runtime } from "../runtime/index.ts";
import { StateError } from "../state/index.ts";
import { changeRecord, type SendingDependencies } from "./change-record.ts";
import type { SendOutcome } from "./send-outcome.ts";
import type { Sending, SendingId } from "./sending.ts";
import { secondsAfter } from "./sending-record.ts";
import { claim, finish, intend, release, type SendingStep, type SendOptions } from "./transitions.ts";

/** A message that is ready to be sent. */
export interface PreparedMessage {
  /**
   * Makes one attempt, and never another one by itself.
   * @param attempt the attempt's number, from 1: the tag `attempt`, by which events are told apart
   */
  send(attempt: number): Promise<SendOutcome>;
  /** What the message says, kept in the record: small JSON. */
  readonly summary: unknown;
}

/** What came of a call of `sendOnce`. */
export interface SendResult {
  readonly outcome: /** This call sent it. */
    | "sent"
    /** It was certainly not sent, after three refusals or one that another attempt would get again. An operator may send it again. */
    | "failed"
    /** This call made an attempt whose answer was lost. Nothing sends it again, except an operator. */
    | "unknown"
    /** It was not sent for lack of time: the next run takes over. */
    | "postponed"
    /** This call sent nothing: `sending` says who did, or who is about to. */
    | "elsewhere";
  /** The record at the end of the call. */
  readonly sending: Sending;
}

/** Attempts of one claim. */
const ATTEMPTS = 3;
/** Milliseconds before the second and the third attempt. */
const WAITS = [0, 1_000, 2_000];
/**
 * An attempt that begins with less time than this, in milliseconds, could not record its outcome: the other side has 13 s for
 * its answer, the state store the rest.
 */
const TIME_OF_ATTEMPT = 15_000;
/** A lease lasts as long as its run, and at most this long, in milliseconds. */
const LONGEST_RUN = 120_000;
/** What a lease lasts longer than its run, in seconds. */
const LEASE_MARGIN = 5;

/**
 * Sends a message at most once: claim → prepare → intend → send → sent. See `docs/architecture.md` for the states.
 *
 * A run that is killed before `intend` leaves a claim that ends: the next call takes over. From `intend` on no call sends it
 * again, except one with `resend`, or with `retryFailed` where every attempt was refused. Retryable refusals are retried after 1 s and 2 s, within the deadline.
 * @param prepare builds the message, after the claim; when it throws, the claim is given up and the error is thrown
 * @throws StateError when the state store fails: nothing was sent, unless the message says so
 */
export async function sendOnce(
  id: SendingId,
  prepare: () => Promise<PreparedMessage>,
  dependencies: SendingDependencies,
  options: SendOptions = {},
): Promise<SendResult> {
  const { runtime } = dependencies;
  const owner = hex(runtime.random.bytes(16));
  const claimed = await changeRecord(id, claim(id, stepOf(owner, runtime), options), dependencies);
  if (!claimed.applied) return { outcome: "elsewhere", sending: found(claimed.sending) };
  const run: SendingRun = { id, owner, dependencies };
  return sendClaimed(run, await prepared(run, prepare), found(claimed.sending));
}

/** A call that holds a claim. */
interface SendingRun {
  readonly id: SendingId;
  readonly owner: string;
  readonly dependencies: SendingDependencies;
}

async function prepared(run: SendingRun, prepare: () => Promise<PreparedMessage>): Promise<PreparedMessage> {
  try {
    return await prepare();
  } catch (error) {
    // The reason of the run's failure is this error. Where the store fails too, the lease ends by itself.
    await giveUp(run, "The message could not be prepared.").catch(() => {});
    throw error;
  }
}

async function sendClaimed(run: SendingRun, message: PreparedMessage, claimed: Sending): Promise<SendResult> {
  const { id, owner, dependencies } = run;
  const { clock, deadline } = dependencies.runtime;
  const step = () => stepOf(owner, dependencies.runtime);
  const before = claimed.attempts.at(-1)?.number ?? 0;
  for (let at = 0; ; at++) {
    const wait = WAITS[at] ?? 0;
    if (deadline.timeLeft() - wait < TIME_OF_ATTEMPT) {
      const sending = await giveUp(run, "No time was left for an attempt: the next run takes over.");
      return { outcome: sending.owner === owner ? "postponed" : "elsewhere", sending };
    }
    if (wait > 0) await clock.sleep(wait);
    const number = before + at + 1;
    const intended = await changeRecord(id, intend(step(), number, message.summary), dependencies);
    if (!intended.applied) return { outcome: "elsewhere", sending: found(intended.sending) };
    const outcome = await outcomeOf(message, number);
    const again = outcome.outcome === "refused" && outcome.isRetryable && at + 1 < ATTEMPTS;
    const sending = await recorded(run, number, outcome, again);
    const isOurs = sending.owner === owner && sending.state === "CLAIMED";
    if (again && isOurs) continue;
    // An event may have settled the attempt, or an earlier one, in the meantime.
    const known = sending.attempts.find((attempt) => attempt.number === number)?.outcome;
    if (known === "accepted") return { outcome: "sent", sending };
    return { outcome: again ? "elsewhere" : outcome.outcome === "refused" ? "failed" : "unknown", sending };
  }
}

// Senders never throw; one that does may have sent.
async function outcomeOf(message: PreparedMessage, number: number): Promise<SendOutcome> {
  try {
    return await message.send(number);
  } catch (error) {
    return { outcome: "unknown", reason: error instanceof Error ? error.message : String(error) };
  }
}

/** @throws StateError that says what became of the message, since no record does */
async function recorded(
  run: SendingRun,
  number: number,
  outcome: SendOutcome,
  again: boolean,
): Promise<Sending> {
  const { id, owner, dependencies } = run;
  try {
    const step = stepOf(owner, dependencies.runtime);
    const { sending } = await changeRecord(id, finish(step, number, outcome, again), dependencies);
    return found(sending);
  } catch (error) {
    if (!(error instanceof StateError)) throw error;
    const what = `Attempt ${number} of the ${id.kind} of ${id.date} for ${id.audience} ${SENTENCES[outcome.outcome]}`;
    throw new StateError(
      error.failure,
      `${what}, but no record says so: it is shown as UNKNOWN. ${error.message}`,
      {
        cause: error,
      },
    );
  }
}

const SENTENCES = {
  accepted: "was sent",
  refused: "was refused",
  unknown: "was sent or not, its answer was lost",
} as const;

async function giveUp({ id, owner, dependencies }: SendingRun, reason: string): Promise<Sending> {
  const { sending } = await changeRecord(
    id,
    release(stepOf(owner, dependencies.runtime), reason),
    dependencies,
  );
  return found(sending);
}

function stepOf(owner: string, { clock, deadline }: Runtime): SendingStep {
  const now = clock.now();
  const seconds = Math.ceil(Math.min(LONGEST_RUN, Math.max(0, deadline.timeLeft())) / 1_000);
  return { owner, now, leaseUntil: secondsAfter(now, seconds + LEASE_MARGIN) };
}

function found(sending: Sending | null): Sending {
  if (sending !== null) return sending;
  throw new StateError(
    "corrupt",
    "The record of a message was removed while it was sent. Find out who deletes records of the state store.",
  );
}

const hex = (bytes: Uint8Array): string =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
