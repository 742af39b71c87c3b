import { spawn } from "node:child_process";
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

export const dapanoskop = fileURLToPath(new URL("../bin/dapanoskop.mjs", import.meta.url));

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
