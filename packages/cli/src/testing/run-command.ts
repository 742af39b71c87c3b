import { addDays, type Instant } from "@dapanoskop/core/calendar";
import { noDeadline } from "@dapanoskop/core/runtime";
import type { CommandContext } from "../command-context.ts";
import { run } from "../run.ts";

/** What a command line wrote, and its exit code. */
export interface CommandResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** What a command gets in a test. */
export interface CommandSetup {
  /** The time of the clock, which does not move. */
  readonly at?: Instant;
  /** Both streams are a terminal of this many columns. */
  readonly terminal?: number;
  readonly confirm?: (question: string) => Promise<boolean>;
  /** Called with everything written to stdout so far; `interrupt` is a person's Ctrl-C. */
  readonly onOut?: (text: string, interrupt: () => void) => void;
  readonly interruption?: AbortSignal;
  /** Standard input. */
  readonly input?: Uint8Array;
}

/** Counts over all runs of a test file, so that no two runs have the same id. */
let identifiers = 0;

/** Runs a command line in this process, with a clock that does not move and without waiting. */
export async function dapanoskop(argv: readonly string[], setup: CommandSetup = {}): Promise<CommandResult> {
  const written = { out: "", err: "" };
  const interruption = new AbortController();
  const stream = (name: "out" | "err") => ({
    write(text: string) {
      written[name] += text;
      if (name === "out") setup.onOut?.(written.out, () => interruption.abort());
    },
    isTerminal: setup.terminal !== undefined,
    columns: setup.terminal ?? 80,
  });
  const context: CommandContext = {
    out: stream("out"),
    err: stream("err"),
    runtime: {
      clock: { now: () => setup.at ?? "2026-03-08T06:00:00Z", sleep: async () => {} },
      random: { fraction: () => 0.5, bytes: differentBytes },
      deadline: noDeadline,
    },
    interruption: setup.interruption ?? interruption.signal,
    ...(setup.input === undefined ? {} : { input: () => chunksOf(setup.input ?? new Uint8Array()) }),
    ...(setup.confirm === undefined ? {} : { confirm: setup.confirm }),
  };
  const code = await run(argv, context);
  return { code, ...written };
}

async function* chunksOf(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

function differentBytes(count: number): Uint8Array {
  identifiers += 1;
  return Uint8Array.from({ length: count }, (_, at) => (at === 0 ? identifiers : at) & 0xff);
}

/** The first address in a text. */
export const addressIn = (text: string): string => /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? "";

/** The same time of day, some days later. */
export const later = (at: Instant, days: number): Instant =>
  `${addDays(at.slice(0, 10), days)}${at.slice(10)}`;
