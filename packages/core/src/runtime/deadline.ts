/** The moment at which a program must have ended. */
export interface Deadline {
  /** Milliseconds until then; negative after it, `Infinity` without a limit. */
  timeLeft(): number;
}

/** For programs that may take as long as they need. */
export const noDeadline: Deadline = { timeLeft: () => Number.POSITIVE_INFINITY };
