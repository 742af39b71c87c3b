import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** What a process of a benchmark tells. */
export interface Told {
  readonly cpuMs: number;
  readonly peakKb?: number;
  readonly size: number;
}

/** A file of this folder. */
export const benchFile = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Bundles a program of this folder, as a Lambda's is. */
export async function bundled(name: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [benchFile(name)],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    mainFields: ["module", "main"],
    logLevel: "error",
  });
}

/** Runs a script in a process of its own, and waits for what it tells. */
export function told(script: string, argument: string): Promise<Told> {
  return new Promise((resolve, reject) => {
    const child = fork(script, [argument]);
    child.on("message", (message) => resolve(message as Told));
    child.on("error", reject);
    child.on("exit", (code) => (code === 0 ? undefined : reject(new Error(`${script} ended with ${code}.`))));
  });
}
