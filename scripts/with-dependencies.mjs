// Runs a command of this checkout, after `npm ci` when the packages are missing or older than the lock file.
// Plain Node without imports from node_modules: it must run before anything is installed.
//
//   node scripts/with-dependencies.mjs dapanoskop demo     a program: node_modules/.bin/dapanoskop demo
//   node scripts/with-dependencies.mjs --script check      a script of package.json: npm run check
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { buildPageWhenNeeded } from "./build-page.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, "node_modules", ".dapanoskop-lock");
const npm = process.platform === "win32" ? "npm.cmd" : "npm";

refuseOldNode();
installWhenNeeded();
// Without the page the figures are shown as a plain report: no reason to stop.
if (process.argv[2] === "dapanoskop" && !buildPageWhenNeeded()) {
  console.error("The page could not be built; the report is served plain.");
}
run(process.argv.slice(2));

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(
    `Dapanoskop needs Node 20.19 or newer; this is ${process.versions.node}. Install Node 24 and try again.`,
  );
  process.exit(1);
}

function installWhenNeeded() {
  const wanted = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.error("Installing packages with npm ci (once, and again whenever package-lock.json changes) …");
  const { status, error } = spawnSync(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
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

function run([first = "", ...rest]) {
  const [command, args] =
    first === "--script"
      ? [npm, ["run", "--silent", ...rest.slice(0, 1), "--", ...rest.slice(1)]]
      : [process.execPath, [join(root, "packages", "cli", "bin", `${first}.mjs`), ...rest]];
  const child = spawn(command, args, { cwd: root, stdio: "inherit", shell: false });
  // On a terminal Ctrl-C reaches the child as well; the launcher only waits for its last word.
  process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.on("error", (error) => {
    console.error(`${first} could not be started: ${error.message}`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
}
