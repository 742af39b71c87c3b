// Plain Node without imports from node_modules: it must run before anything is installed.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** The folder of this checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** npm's command on this machine. */
export const npm = process.platform === "win32" ? "npm.cmd" : "npm";

/** Ends the process with a message where Node is too old for the sources. */
export function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(
    `Dapanoskop needs Node 20.19 or newer; this is ${process.versions.node}. Install Node 24 and try again.`,
  );
  process.exit(1);
}

/**
 * Runs `npm ci` where the packages are missing or older than the lock file; ends the process where that fails.
 * @param folder the folder of the package-lock.json; this checkout by default
 * @param flags more flags for npm
 */
export function installWhenNeeded(folder = root, flags = []) {
  const stamp = join(folder, "node_modules", ".dapanoskop-lock");
  const wanted = createHash("sha256")
    .update(readFileSync(join(folder, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const lock = join(relative(root, folder), "package-lock.json");
  console.error(`Installing packages with npm ci (once, and again whenever ${lock} changes) …`);
  const { status, error } = spawnSync(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error", ...flags], {
    cwd: folder,
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    const why = error ? ` (${error.message})` : "";
    console.error(
      `npm ci failed${why}. Check the connection to the npm registry, then run the same command again.`,
    );
    process.exit(status ?? 1);
  }
  writeFileSync(stamp, wanted);
}

/**
 * Runs a command in this checkout's folder on this terminal, and ends with its exit code.
 * @param name the name of the command in messages
 * @param env its environment
 */
export function become(name, command, args, env = process.env) {
  const child = spawn(command, args, { cwd: root, stdio: "inherit", shell: false, env });
  // On a terminal Ctrl-C reaches the child as well: this process waits until it has ended.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("error", (error) => {
    console.error(`${name} could not be started: ${error.message}`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
}
