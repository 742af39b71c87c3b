import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import process from "node:process";
import { createInterface } from "node:readline/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { instantOf } from "@dapanoskop/core/calendar";
import { noDeadline, type Runtime } from "@dapanoskop/core/runtime";
import type { CommandContext, OutputStream } from "./command-context.ts";
import { exitCode } from "./exit-code.ts";
import { run } from "./run.ts";

/** Milliseconds that servers have to close after Ctrl-C before the process ends. */
const CLOSING_TIME = 2_000;

/** Runs the command line of this process with its streams and signals, and ends the process with the exit code. */
export async function main(): Promise<never> {
  const interruption = new AbortController();
  const writeErrors: string[] = [];
  process.stdout.on("error", (error) => {
    if (!isClosedPipe(error)) writeErrors.push(error.message);
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
  const running = run(process.argv.slice(2), contextOf(interruption.signal));
  const ended = await Promise.race([
    running,
    signalled.then(async (code) => {
      // Publishing can be stopped at any point, so only servers get time to close.
      await Promise.race([running, sleep(CLOSING_TIME)]);
      return code;
    }),
  ]);
  // A server that closed because of a signal returns 0, but it was interrupted.
  const code = interruption.signal.aborted ? await signalled : ended;
  await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
  if (writeErrors.length === 0) process.exit(code);
  process.stderr.write(`The output could not be written: ${writeErrors[0]}\n`);
  await flushed(process.stderr);
  process.exit(code === 0 ? exitCode.failed : code);
}

/** A reader that has read enough (`| head`) closes the pipe: that is no failure. A full disk is one. */
const isClosedPipe = (error: Error) => "code" in error && error.code === "EPIPE";

const runtime: Runtime = {
  clock: {
    now: () => instantOf(new Date()),
    sleep: async (milliseconds) => {
      await sleep(milliseconds);
    },
  },
  random: { fraction: Math.random, bytes: (count) => randomBytes(count) },
  deadline: noDeadline,
};

function contextOf(interruption: AbortSignal): CommandContext {
  const context: CommandContext = {
    out: outputStream(process.stdout),
    err: outputStream(process.stderr),
    runtime,
    input: () => process.stdin,
    open: openFile,
    interruption,
  };
  return process.stdin.isTTY && process.stderr.isTTY
    ? { ...context, confirm: (question) => confirm(question, interruption) }
    : context;
}

/** Starts the system's program for a file, and does not wait for its end. */
function openFile(path: string): Promise<boolean> {
  const program = { darwin: "open", win32: "explorer" }[process.platform as string] ?? "xdg-open";
  return new Promise((resolve) => {
    const child = spawn(program, [path], { detached: true, stdio: "ignore" });
    child.on("error", () => resolve(false));
    child.on("spawn", () => {
      child.unref();
      resolve(true);
    });
  });
}

function outputStream(stream: NodeJS.WriteStream): OutputStream {
  let isOpen = true;
  // A command does its work even where its output cannot be written.
  stream.on("error", () => {
    isOpen = false;
  });
  return {
    write(text) {
      if (isOpen) stream.write(text);
    },
    isTerminal: stream.isTTY === true,
    // A terminal without a known width reports 0.
    columns: stream.columns || 80,
  };
}

/** Yes, unless the person answers otherwise, closes the input or presses Ctrl-C. */
async function confirm(question: string, interruption: AbortSignal): Promise<boolean> {
  // Not as a terminal interface: that would swallow Ctrl-C.
  const input = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  const left = new Promise<string>((resolve) => {
    input.once("close", () => resolve("no"));
    interruption.addEventListener("abort", () => resolve("no"), { once: true });
  });
  try {
    return /^(y|yes)?$/i.test((await Promise.race([input.question(`${question} [Y/n] `), left])).trim());
  } finally {
    input.close();
  }
}

const flushed = (stream: NodeJS.WriteStream) =>
  new Promise<void>((resolve) => {
    if (stream.writable) stream.write("", () => resolve());
    else resolve();
  });
