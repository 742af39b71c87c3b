// What action.yml runs: the plan's cost as the summary of the run and as one comment of the pull request, and the gate's exit code.
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { dapanoskop, flagsOf, input, prepare, summarise } from "./action.mjs";

/** The inputs that are an option of `dapanoskop plan` each, when they are not empty. */
const OPTIONS = ["project", "region", "usage", "compare", "store", "approved"];

/** What a run keeps is gone with its runner, unless the workflow names another place. */
const scratch = mkdtempSync(join(process.env.RUNNER_TEMP ?? tmpdir(), "dapanoskop-"));

prepare();

const plan = dapanoskop("plan", input("plan"), "--format", "markdown", ...options());
// A plan that failed has a table too; a wrong input has only its sentence.
if (plan.stdout === "") process.exit(plan.status ?? 1);
summarise(plan.stdout);
const commented = input("comment") === "true" && isPullRequest() ? comment(plan.stdout) : 0;
process.exit(plan.status === 0 ? commented : (plan.status ?? 1));

function options() {
  const rules = input("fail-on")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const state = input("state") === "" ? join(scratch, "state") : input("state");
  return [...flagsOf(OPTIONS), `--state=${state}`, ...rules.map((rule) => `--fail-on=${rule}`)];
}

function isPullRequest() {
  return (process.env.GITHUB_EVENT_NAME ?? "").startsWith("pull_request");
}

function comment(markdown) {
  const file = join(scratch, "plan.md");
  writeFileSync(file, markdown);
  return dapanoskop("comment", file).status ?? 1;
}
