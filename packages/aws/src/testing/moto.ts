import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A running moto server: AWS in the memory of a process. */
export interface Moto {
  readonly url: string;
  stop(): void;
}

/** The command of a moto server on this machine: by `MOTO_SERVER`, by the tools beside the checkout, by the path. */
export function findMoto(): string | null {
  const tools = fileURLToPath(new URL("../../../../../shared/tools/env.sh", import.meta.url));
  return process.env.MOTO_SERVER ?? (existsSync(tools) ? sourced(tools) : null) ?? sourced("/dev/null");
}

function sourced(script: string): string | null {
  // The script also looks for things of other tests; where these are named, it need not.
  const env = { ...process.env, TF_PLUGIN_DIR: "-" };
  const ask = '. "$1" >&2; printenv MOTO_SERVER || command -v moto_server';
  try {
    return execFileSync("sh", ["-c", ask, "sh", script], { env, encoding: "utf8", stdio: "pipe" }).trim();
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
    let said = "";
    const timer = setTimeout(() => failed("did not start in time"), LONGEST_START);
    const failed = (why: string) => {
      clearTimeout(timer);
      reject(new Error(`moto_server ${why}: ${said.slice(-500)}`));
    };
    const listen = (chunk: Buffer) => {
      said += chunk.toString("utf8");
      const address = STARTED.exec(said)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      said = "";
      resolve(address);
    };
    // Read on for as long as it runs: a full pipe would hold it up.
    server.stdout?.on("data", listen);
    server.stderr?.on("data", listen);
    server.once("error", (error) => failed(String(error)));
    server.once("exit", (code) => failed(`ended with ${code}`));
  });
}
