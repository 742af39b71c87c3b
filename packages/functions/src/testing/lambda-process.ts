import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { CollectResult } from "@dapanoskop/pipeline";

/** What an invocation of a bundle came to. Result and error are `null` when the process was killed. */
export interface Invocation<Result = CollectResult> {
  readonly result: Result | null;
  readonly error: { readonly name: string; readonly message: string } | null;
  /** Peak of the process's resident memory. */
  readonly peakMb: number;
  /** Processor time that the process took, its start included. */
  readonly cpuMs: number;
  /** What it wrote, by line. */
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  readonly stderr: string;
  readonly signal: string | null;
}

export interface LambdaOptions {
  /** The folder of `index.mjs`. */
  readonly bundle: string;
  readonly event: unknown;
  readonly environment: Readonly<Record<string, string>>;
  /** Milliseconds that the function is given. */
  readonly remaining?: number;
  /** MB that the function is given; 256 by default. */
  readonly memoryMb?: number;
  /** Is handed the process as soon as it runs, to be unkind to it. */
  readonly started?: (child: ChildProcess) => void;
}

const runner = fileURLToPath(new URL("./invoke.mjs", import.meta.url));

/** How Lambda sizes the heap of its Node by a function's memory: nine tenths are old, half of the rest is for each young half. */
function heapOf(memoryMb: number): readonly string[] {
  const young = Math.floor(memoryMb / 10);
  return [`--max-semi-space-size=${Math.floor(young / 2)}`, `--max-old-space-size=${memoryMb - young}`];
}

/** Invokes a bundle once in a plain Node process that knows only what it is told, and waits for its end. */
export function invokeBundle<Result = CollectResult>(options: LambdaOptions): Promise<Invocation<Result>> {
  const { bundle, event, environment, remaining = 300_000, memoryMb = 256, started } = options;
  const child = fork(runner, [`${bundle}/index.mjs`, JSON.stringify(event), String(remaining)], {
    execArgv: [...heapOf(memoryMb)],
    env: { PATH: process.env.PATH, TZ: "Pacific/Kiritimati", ...quiet, ...environment },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  started?.(child);
  const out: string[] = [];
  const err: string[] = [];
  let told: Partial<Invocation<Result>> = {};
  child.stdout?.setEncoding("utf8").on("data", (text: string) => out.push(text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => err.push(text));
  child.on("message", (message) => {
    told = message as Partial<Invocation<Result>>;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (_, signal) => {
      const written = out.join("").split("\n");
      // The last line of a killed process may be cut.
      const whole = written.filter((line, at) => line !== "" && at < written.length - 1);
      const { result = null, error = null, peakMb = Number.NaN, cpuMs = Number.NaN } = told;
      const lines = whole.map((line) => JSON.parse(line));
      resolve({ result, error, peakMb, cpuMs, lines, stderr: err.join(""), signal });
    });
  });
}

/** A Lambda's keys stand in its environment; nothing else of this machine's AWS settings is looked at. */
const quiet = {
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "any",
  AWS_SECRET_ACCESS_KEY: "any",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_CONFIG_FILE: "/nowhere/config",
  AWS_SHARED_CREDENTIALS_FILE: "/nowhere/credentials",
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
};
