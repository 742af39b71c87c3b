import type { Instant } from "@dapanoskop/core/calendar";

/** What a command meets outside of itself: two streams, a clock, chance, and a person's Ctrl-C. Tests bring their own. */
export interface World {
  /** Figures. */
  readonly out: Stream;
  /** Progress and errors. */
  readonly err: Stream;
  /** The day that is meant when none is given. */
  now(): Instant;
  sleep(milliseconds: number): Promise<void>;
  /** In [0, 1). */
  random(): number;
  randomBytes(count: number): Uint8Array;
  /** Puts a yes-or-no question to a person; absent where nobody sits. */
  readonly ask?: (question: string) => Promise<boolean>;
  /** Aborts when the person, or the system, wants the command to end. */
  readonly interrupted: AbortSignal;
}

export interface Stream {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** Of the terminal; 80 elsewhere. */
  readonly columns: number;
}

/** What a shell, cron or a test sees of a command. */
export const exitCode = {
  /** Published, skipped or nothing new. */
  done: 0,
  failed: 1,
  /** An unknown command or option, or a bad value. */
  usage: 2,
  /** Some month was quarantined: its published figures remain until a person decides. */
  quarantined: 3,
  /** Ctrl-C, as shells count it. */
  interrupted: 130,
} as const;

/** Something a person asked for cannot be done: what, and what to do instead. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** Ctrl-C came before the work was done. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** Waits for the person's Ctrl-C. */
export function untilInterrupted({ interrupted }: Pick<World, "interrupted">): Promise<void> {
  return new Promise((resolve) => {
    if (interrupted.aborted) resolve();
    else interrupted.addEventListener("abort", () => resolve(), { once: true });
  });
}

/**
 * The work's result, unless Ctrl-C comes first. The work is not waited for then: publishing survives being ended
 * anywhere, and the process ends.
 * @throws Interrupted
 */
export async function unlessInterrupted<Result>(
  world: Pick<World, "interrupted">,
  work: Promise<Result>,
): Promise<Result> {
  work.catch(() => {}); // what fails after nobody listens is no news
  const ended = untilInterrupted(world).then(() => {
    throw new Interrupted();
  });
  return Promise.race([work, ended]);
}
