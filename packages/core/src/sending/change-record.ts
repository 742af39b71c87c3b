import type { Instant } from "../calendar/index.ts";
import type { Runtime } from "../runtime/index.ts";
import { StateError, type StateFailure, type StateStore } from "../state/index.ts";
import type { Sending, SendingId } from "./sending.ts";
import { keyOf, newRecord, sendingIn } from "./sending-record.ts";
import type { SendingTransition } from "./transitions.ts";

/** What sending needs: where the records are, and the machine that it runs on. */
export interface SendingDependencies {
  readonly state: StateStore;
  readonly runtime: Runtime;
}

export interface ChangeResult {
  /** Whether the record is now as the transition wants it. */
  readonly applied: boolean;
  /** The record as it was read or written last; `null` when there is none. */
  readonly sending: Sending | null;
}

/** Rounds of reading and writing until a change is given up. */
const ROUNDS = 8;
/** The longest pauses between two rounds, in milliseconds: doubled from the first to the last. */
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 2_000;

/** Failures after which the record may have been written, or may be written a moment later. */
const TRANSIENT: ReadonlySet<StateFailure> = new Set(["unknown-outcome", "throttled", "unreachable"]);

/**
 * Changes a record by reading it and writing what the transition makes of it, under the condition that it is unchanged.
 * After a refused write, and after one whose answer was lost, the record is read again and the transition decides anew.
 * @throws StateError when the store fails, or does so in every round
 */
export async function changeRecord(
  id: SendingId,
  transition: SendingTransition,
  { state, runtime: { clock, random, deadline } }: SendingDependencies,
): Promise<ChangeResult> {
  for (let round = 1; ; round++) {
    const failure = await attemptChange(id, transition, state, clock.now());
    if (!(failure instanceof StateError)) return failure;
    if (!TRANSIENT.has(failure.failure) || round === ROUNDS) throw failure;
    const pause = random.fraction() * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (round - 1));
    // Past the deadline a record is still worth some attempts: without it a sent message is UNKNOWN.
    await clock.sleep(Math.min(pause, Math.max(0, deadline.timeLeft())));
  }
}

/** The result of one round, or why another one is needed. */
async function attemptChange(
  id: SendingId,
  transition: SendingTransition,
  state: StateStore,
  now: Instant,
): Promise<ChangeResult | StateError> {
  const key = keyOf(id);
  try {
    const record = await state.get(key);
    const current = record === null ? null : sendingIn(record, state.place);
    const next = transition(current);
    if (next === "done" || next === "refused") return { applied: next === "done", sending: current };
    const put = await (record === null
      ? state.putIfAbsent(key, newRecord(next, now))
      : state.putIfVersion(key, newRecord(next, now), record.version));
    if (put.outcome === "written") return { applied: true, sending: next };
    return new StateError(
      "throttled",
      `${key.sort} of ${key.partition} in ${state.place} was changed by others in every round. Run again.`,
    );
  } catch (error) {
    if (error instanceof StateError) return error;
    throw error;
  }
}
