/** A command cannot do what it should: what, and what to do instead. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** The command line is not understood: which argument, and which help to read. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  /** The command whose help says more; `null` for the overview. */
  readonly command: string | null;

  constructor(command: string | null, message: string) {
    super(message);
    this.command = command;
  }
}

/** Ctrl-C came before the command had ended. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";
}
