import type { CommandContext } from "./command-context.ts";
import { InterruptedError } from "./errors.ts";

/** Waits for Ctrl-C. */
export function untilInterrupted({ interruption }: Pick<CommandContext, "interruption">): Promise<void> {
  return new Promise((resolve) => {
    if (interruption.aborted) resolve();
    else interruption.addEventListener("abort", () => resolve(), { once: true });
  });
}

/**
 * The result of some work, unless Ctrl-C comes first. Then the work is not awaited, and the process ends: publishing can be
 * stopped at any point.
 * @throws InterruptedError
 */
export async function unlessInterrupted<Result>(
  context: Pick<CommandContext, "interruption">,
  work: Promise<Result>,
): Promise<Result> {
  // Without a handler, a failure after the interruption would be reported as an unhandled rejection.
  work.catch(() => {});
  const interrupted = untilInterrupted(context).then(() => {
    throw new InterruptedError();
  });
  return Promise.race([work, interrupted]);
}
