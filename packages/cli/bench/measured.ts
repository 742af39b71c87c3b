import { execFileSync, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** What a whole process took. */
export interface Measured {
  readonly wall: number; // ms
  readonly cpu: number; // ms, user and system, of all its threads
  readonly memory: number; // MB, the most that was resident
}

/** The program as a checkout runs it, from TypeScript. */
export const checkoutProgram = fileURLToPath(new URL("../bin/dapanoskop.mjs", import.meta.url));

const BUILD = fileURLToPath(new URL("../../../scripts/release/build-package.mjs", import.meta.url));
/** Inside of the checkout, so that the built program finds the packages that it does not carry. */
const BUILT = fileURLToPath(new URL("../../../.cache/bench/package", import.meta.url));
let built = false;

/** The program of the published package, which is what users run: built once a run. */
export function builtProgram(): string {
  if (!built) execFileSync(process.execPath, [BUILD, BUILT], { stdio: "ignore" });
  built = true;
  return join(BUILT, "dist/dapanoskop.js");
}

/**
 * Runs a script in a Node of its own, as a user does, and reads the system's own account of it.
 * @throws Error when it ends with anything but 0
 */
export async function measured(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Measured> {
  const began = performance.now();
  const { code, err } = await run(["--import", ACCOUNT, ...args], environment);
  const wall = performance.now() - began;
  const [, cpu, memory] = /USED ([\d.]+) ([\d.]+)/.exec(err) ?? [];
  if (code !== 0 || cpu === undefined || memory === undefined) {
    throw new Error(`${args.join(" ")} ended with ${code}: ${err}`);
  }
  return { wall, cpu: Number(cpu), memory: Number(memory) };
}

const ACCOUNT = `data:text/javascript,${encodeURIComponent(
  `process.on("exit",()=>{const u=process.resourceUsage();process.stderr.write("\\nUSED "+(u.userCPUTime+u.systemCPUTime)/1000+" "+u.maxRSS/1024+"\\n")})`,
)}`;

export function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, ...environment },
  });
  let err = "";
  child.stderr.on("data", (data) => {
    err += data;
  });
  return new Promise<{ readonly code: number | null; readonly err: string }>((resolve) => {
    child.once("close", (code) => resolve({ code, err }));
  });
}

export async function inFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), "dapanoskop-bench-"));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
