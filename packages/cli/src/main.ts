import { randomBytes } from "node:crypto";
import process from "node:process";
import { createInterface } from "node:readline/promises";
import { setTimeout as wait } from "node:timers/promises";
import { instantOf } from "@dapanoskop/core/calendar";
import { run } from "./run.ts";
import { exitCode, type Stream, type World } from "./world.ts";

/** How long servers may take to close after Ctrl-C before the process ends anyway. */
const GRACE = 2_000;

/** The program: a command line, this process's streams and signals, and its exit code. */
export async function main(): Promise<never> {
  const interruption = new AbortController();
  const lost: string[] = [];
  process.stdout.on("error", (error) => {
    if (!isSatisfied(error)) lost.push(error.message);
  });
  const signalled = new Promise<number>((resolve) => {
    for (const [signal, number] of [
      ["SIGINT", 2],
      ["SIGTERM", 15],
      ["SIGHUP", 1],
    ] as const) {
      // Not `once`: a terminal's Ctrl-C may arrive twice, from the terminal and from the launcher.
      process.on(signal, () => {
        interruption.abort();
        resolve(128 + number);
      });
    }
  });
  const running = run(process.argv.slice(2), worldOf(interruption.signal));
  const ended = await Promise.race([
    running,
    signalled.then(async (code) => {
      // Publishing survives being ended anywhere, so only servers are waited for.
      await Promise.race([running, wait(GRACE)]);
      return code;
    }),
  ]);
  // A server that closed because of a signal ended well, and was still interrupted.
  const code = interruption.signal.aborted ? await signalled : ended;
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  if (lost.length === 0) process.exit(code);
  process.stderr.write(`The output could not be written: ${lost[0]}\n`);
  await flushed(process.stderr);
  process.exit(code === 0 ? exitCode.failed : code);
}

/** The reader may have seen enough (`| head`): that is no failure. A full disk is. */
const isSatisfied = (error: Error) => "code" in error && error.code === "EPIPE";

function worldOf(interrupted: AbortSignal): World {
  const world: World = {
    out: streamOf(process.stdout),
    err: streamOf(process.stderr),
    now: () => instantOf(new Date()),
    sleep: (milliseconds) => wait(milliseconds),
    random: Math.random,
    randomBytes: (count) => randomBytes(count),
    interrupted,
  };
  return process.stdin.isTTY && process.stderr.isTTY
    ? { ...world, ask: (question) => ask(question, interrupted) }
    : world;
}

function streamOf(stream: NodeJS.WriteStream): Stream {
  let open = true;
  // Whatever became of its output, what a command does is done all the same.
  stream.on("error", () => {
    open = false;
  });
  return {
    write(text) {
      if (open) stream.write(text);
    },
    isTerminal: stream.isTTY === true,
    // A terminal that does not know its width says 0.
    columns: stream.columns || 80,
  };
}

/** Yes, unless the person says otherwise or leaves. */
async function ask(question: string, signal: AbortSignal): Promise<boolean> {
  // Not as a terminal interface: that would swallow Ctrl-C.
  const person = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  const left = new Promise<string>((resolve) => {
    person.once("close", () => resolve("no"));
    signal.addEventListener("abort", () => resolve("no"), { once: true });
  });
  try {
    return /^(y|yes)?$/i.test((await Promise.race([person.question(`${question} [Y/n] `), left])).trim());
  } finally {
    person.close();
  }
}

const flushed = (stream: NodeJS.WriteStream) =>
  new Promise<void>((resolve) => {
    if (stream.writable) stream.write("", () => resolve());
    else resolve();
  });
