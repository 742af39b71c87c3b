import { addDays, type Instant } from "@dapanoskop/core/calendar";
import { run } from "../run.ts";
import type { World } from "../world.ts";

/** What a command line did, as its caller sees it. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface Told {
  readonly at?: Instant;
  /** Both streams are a terminal of this many columns. */
  readonly terminal?: number;
  readonly ask?: (question: string) => Promise<boolean>;
  /** Called with everything written to stdout so far; `end` is a person's Ctrl-C. */
  readonly onOut?: (text: string, end: () => void) => void;
  readonly interrupted?: AbortSignal;
}

// Over all worlds of a test file: no two runs may have one id.
let drawn = 0;

/** Runs a command line in this process, with a clock that stands still and no waiting. */
export async function dapanoskop(argv: readonly string[], told: Told = {}): Promise<Ran> {
  const written = { out: "", err: "" };
  const interruption = new AbortController();
  const stream = (name: "out" | "err") => ({
    write(text: string) {
      written[name] += text;
      if (name === "out") told.onOut?.(written.out, () => interruption.abort());
    },
    isTerminal: told.terminal !== undefined,
    columns: told.terminal ?? 80,
  });
  const world: World = {
    out: stream("out"),
    err: stream("err"),
    now: () => told.at ?? "2026-03-08T06:00:00Z",
    sleep: async () => {},
    random: () => 0.5,
    randomBytes: (count) => {
      drawn += 1;
      return Uint8Array.from({ length: count }, (_, at) => (at === 0 ? drawn : at) & 0xff);
    },
    interrupted: told.interrupted ?? interruption.signal,
    ...(told.ask === undefined ? {} : { ask: told.ask }),
  };
  const code = await run(argv, world);
  return { code, ...written };
}

/** The first address that a text holds. */
export const addressIn = (text: string): string => /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? "";

/** The same time of day, some days later. */
export const later = (at: Instant, days: number): Instant =>
  `${addDays(at.slice(0, 10), days)}${at.slice(10)}`;
