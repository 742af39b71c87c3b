import type { Runtime } from "@dapanoskop/core/runtime";
import { StoreError } from "@dapanoskop/core/store";

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 3_000;

/**
 * Sleeps before the next attempt: full jitter, so that runs that collided do not collide again.
 * @returns `false`, without sleeping, when the pause would reach the deadline
 */
export async function pauseBeforeRetry(
  { clock, random, deadline }: Runtime,
  attempt: number,
): Promise<boolean> {
  const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1));
  const pause = Math.ceil(random.fraction() * longest);
  if (deadline.timeLeft() <= pause) return false;
  await clock.sleep(pause);
  return true;
}

/** Whether a failure leaves open if the call took effect: the next read may tell. */
export function isOutcomeUnknown(failure: unknown): failure is StoreError {
  return (
    failure instanceof StoreError &&
    (failure.failure === "unknown-outcome" || failure.failure === "unreachable")
  );
}
