/** The exit codes of a command. */
export const exitCode = {
  /** Published, skipped or nothing new. */
  done: 0,
  failed: 1,
  /** An unknown command or option, or a wrong value. */
  usage: 2,
  /** A month was quarantined: its published figures remain until a person decides. */
  quarantined: 3,
  /** What a gate was told to fail on (`--fail-on`) is so. */
  gate: 4,
  /** Ctrl-C, with the code that shells use for it. */
  interrupted: 130,
} as const;
