// What action.yml runs: the plan's cost as the summary of the run and as one comment of the pull request, and the gate's exit code.
// Inputs are environment variables, so that no text of a pull request is part of a command.
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { installWhenNeeded, refuseOldNode, root } from "./dependencies.mjs";

/** The inputs that are an option of `dapanoskop plan` each, when they are not empty. */
const OPTIONS = ["project", "region", "usage", "compare", "store", "approved"];

/** What a run keeps is gone with its runner, unless the workflow names another place. */
const scratch = mkdtempSync(join(process.env.RUNNER_TEMP ?? tmpdir(), "dapanoskop-"));

/** The largest summary of a step. */
const LONGEST_SUMMARY_BYTES = 1_000_000;

const input = (name) => (process.env[`INPUT_${name.toUpperCase().replaceAll("-", "_")}`] ?? "").trim();

refuseOldNode();
installWhenNeeded();

const plan = dapanoskop("plan", input("plan"), "--format", "markdown", ...options());
// A plan that failed has a table too; a wrong input has only its sentence.
if (plan.stdout === "") process.exit(plan.status ?? 1);
summarise(plan.stdout);
const commented = input("comment") === "true" && isPullRequest() ? comment(plan.stdout) : 0;
process.exit(plan.status === 0 ? commented : (plan.status ?? 1));

/** Runs the command line in the folder of the workflow. */
function dapanoskop(...words) {
  const command = join(root, "packages", "cli", "bin", "dapanoskop.mjs");
  return spawnSync(process.execPath, [command, ...words], {
    encoding: "utf8",
    maxBuffer: 100_000_000,
    stdio: ["ignore", "pipe", "inherit"],
  });
}

function options() {
  const given = OPTIONS.filter((name) => input(name) !== "").map((name) => `--${name}=${input(name)}`);
  const rules = input("fail-on")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const state = input("state") === "" ? join(scratch, "state") : input("state");
  return [...given, `--state=${state}`, ...rules.map((rule) => `--fail-on=${rule}`)];
}

function summarise(markdown) {
  process.stdout.write(markdown);
  const path = process.env.GITHUB_STEP_SUMMARY ?? "";
  if (path !== "" && Buffer.byteLength(markdown) < LONGEST_SUMMARY_BYTES) appendFileSync(path, markdown);
}

function isPullRequest() {
  return (process.env.GITHUB_EVENT_NAME ?? "").startsWith("pull_request");
}

function comment(markdown) {
  const file = join(scratch, "plan.md");
  writeFileSync(file, markdown);
  return dapanoskop("comment", file).status ?? 1;
}
