// What the steps of action.yml and collect/action.yml share. Inputs are environment variables, so that no text of others is part of a
// command.
import { spawnSync } from "node:child_process";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { installWhenNeeded, refuseOldNode, root } from "./dependencies.mjs";

/** The largest summary of a step. */
const LONGEST_SUMMARY_BYTES = 1_000_000;

/** Installs what the command line needs, in the folder of the action. */
export function prepare() {
  refuseOldNode();
  installWhenNeeded();
}

/** The value of an input of the action, without white space around it; "" where there is none. */
export const input = (name) => (process.env[`INPUT_${name.toUpperCase().replaceAll("-", "_")}`] ?? "").trim();

/** The flags of those inputs that are not empty and are named as an option of the command each. */
export const flagsOf = (names) =>
  names.filter((name) => input(name) !== "").map((name) => `--${name}=${input(name)}`);

/** Runs the command line in the folder of the workflow. */
export function dapanoskop(...words) {
  const command = join(root, "packages", "cli", "bin", "dapanoskop.mjs");
  return spawnSync(process.execPath, [command, ...words], {
    encoding: "utf8",
    maxBuffer: 100_000_000,
    stdio: ["ignore", "pipe", "inherit"],
  });
}

/** Writes to the log, and to the summary of the run where it is not too long for one. */
export function summarise(markdown) {
  process.stdout.write(markdown);
  const path = process.env.GITHUB_STEP_SUMMARY ?? "";
  if (path !== "" && Buffer.byteLength(markdown) < LONGEST_SUMMARY_BYTES) appendFileSync(path, markdown);
}
