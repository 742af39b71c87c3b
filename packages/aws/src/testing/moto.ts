import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A running moto server: AWS in the memory of a process. */
export interface Moto {
  readonly url: string;
  stop(): void;
}

/** Behind the title of tests that need moto: what to do where the run skips them. */
export const withoutMoto = (moto: string | null): string =>
  moto === null ? ". Skipped: there is no moto here; set MOTO_SERVER to its command" : "";

/** The command of a moto server on this machine: from `MOTO_SERVER`, the tools beside the checkout, or the path. */
export function findMoto(): string | null {
  const tools = fileURLToPath(new URL("../../../../../shared/tools/env.sh", import.meta.url));
  return process.env.MOTO_SERVER ?? (existsSync(tools) ? sourced(tools) : null) ?? sourced("/dev/null");
}

function sourced(script: string): string | null {
  // The script also searches for tools of other tests; this setting stops that.
  const env = { ...process.env, TF_PLUGIN_DIR: "-" };
  const command = '. "$1" >&2; printenv MOTO_SERVER || command -v moto_server';
  try {
    return execFileSync("sh", ["-c", command, "sh", script], { env, encoding: "utf8", stdio: "pipe" }).trim();
  } catch {
    return null;
  }
}

const STARTED = /Running on (http:\/\/127\.0\.0\.1:\d+)/;
const LONGEST_START = 40_000;

/** Starts a moto server on a free port. */
export async function startMoto(command: string): Promise<Moto> {
  const server = spawn(command, ["-H", "127.0.0.1", "-p", "0"], { stdio: ["ignore", "pipe", "pipe"] });
  const stop = () => {
    server.kill("SIGKILL");
  };
  process.once("exit", stop);
  try {
    return { url: await addressOf(server), stop };
  } catch (failure) {
    stop();
    throw failure;
  }
}

function addressOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    const timer = setTimeout(() => failed("did not start in time"), LONGEST_START);
    const failed = (why: string) => {
      clearTimeout(timer);
      reject(new Error(`moto_server ${why}: ${output.slice(-500)}`));
    };
    const listen = (chunk: Buffer) => {
      output += chunk.toString("utf8");
      const address = STARTED.exec(output)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      output = "";
      resolve(address);
    };
    // The output is read as long as the server runs: a full pipe would block it.
    server.stdout?.on("data", listen);
    server.stderr?.on("data", listen);
    server.once("error", (error) => failed(String(error)));
    server.once("exit", (code) => failed(`ended with ${code}`));
  });
}
