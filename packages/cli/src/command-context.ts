import type { Runtime } from "@dapanoskop/core/runtime";

/** What a command gets from its caller: the process, or a test. */
export interface CommandContext {
  /** Results. */
  readonly out: OutputStream;
  /** Progress and errors. */
  readonly err: OutputStream;
  /** The clock's time is what a command takes for now where no other time is given. */
  readonly runtime: Runtime;
  /** Asks the person at the terminal yes or no; absent without a terminal. */
  readonly confirm?: (question: string) => Promise<boolean>;
  /** Standard input; absent where there is none. */
  readonly input?: () => AsyncIterable<Uint8Array>;
  /** Opens a file with the system's program for it; `false` where there is none. Absent where none may be started. */
  readonly open?: (path: string) => Promise<boolean>;
  /** Aborts when the command must end: on Ctrl-C or a signal of the system. */
  readonly interruption: AbortSignal;
}

export interface OutputStream {
  write(text: string): void;
  readonly isTerminal: boolean;
  /** The terminal's width; 80 without a terminal. */
  readonly columns: number;
}
