// SST's command line (infra/node_modules) and its platform (.sst/platform, with Pulumi and the AWS provider's classes). Both
// come from the npm registry alone.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { installWhenNeeded, root } from "./dependencies.mjs";

const packages = join(root, "infra", "node_modules");
const platform = join(root, ".sst", "platform");

/** The script of SST's command line. */
export const sst = join(packages, "sst", "bin", "sst.mjs");

/** Installs infra's packages where they are missing, without their install scripts, which download from elsewhere. */
export function installSst() {
  installWhenNeeded(join(root, "infra"), ["--ignore-scripts"]);
}

/**
 * Installs SST's platform where it is missing, or of another version than infra/package.json and sst.config.ts name.
 * Ends the process where that fails.
 */
export function installPlatformWhenNeeded() {
  installSst();
  if (isPlatformFresh()) return;
  console.error("Installing SST's platform (once, and again whenever its version changes) …");
  const { status } = spawnSync(process.execPath, [sst, "install"], {
    cwd: root,
    stdio: ["ignore", 2, 2],
    env: environmentOf("install"),
  });
  if (status !== 0 || !isPlatformFresh()) {
    console.error(
      "SST's platform could not be installed. Check the connection to the npm registry, then run it again.",
    );
    process.exit(1);
  }
}

/**
 * The environment of `sst {command}`: no telemetry, and the bun of infra's packages. What `install` does needs neither
 * Pulumi's command line nor a stage, so its environment skips both; the other commands download what they need.
 */
export function environmentOf(command, environment = process.env) {
  const bun = bunPath();
  return {
    SST_TELEMETRY_DISABLED: "1",
    DO_NOT_TRACK: "1",
    ...(bun === undefined ? {} : { SST_BUN_PATH: bun }),
    ...(command === "install" ? { SST_SKIP_DEPENDENCY_CHECK: "1", SST_STAGE: "install" } : {}),
    ...environment,
  };
}

function isPlatformFresh() {
  const versionOf = (name) => JSON.parse(readFileSync(join(packages, name, "package.json"), "utf8")).version;
  const installed = join(platform, "version");
  if (!existsSync(installed) || readFileSync(installed, "utf8").trim() !== versionOf("sst")) return false;
  const [, wanted] = /\bversion:\s*"([^"]+)"/.exec(readFileSync(join(root, "sst.config.ts"), "utf8")) ?? [];
  const provider = join(platform, "node_modules", "@pulumi", "aws", "package.json");
  return (
    existsSync(provider) && [undefined, JSON.parse(readFileSync(provider, "utf8")).version].includes(wanted)
  );
}

/** The bun of the package for this machine, or undefined: SST then downloads its own. */
function bunPath() {
  const builds = join(packages, "@oven");
  return (existsSync(builds) ? readdirSync(builds) : [])
    .flatMap((name) => ["bun", "bun.exe"].map((file) => join(builds, name, "bin", file)))
    .find((file) => existsSync(file));
}
