// A process that keeps vitest of a checkout: a mutant is judged without starting it again. It is told which file has changed and
// which tests to run, and answers whether all of them passed.
import { join } from "node:path";
import process from "node:process";
import { createVitest } from "vitest/node";
import type { TestRun } from "./test-runner.ts";

const root = process.cwd();
const vitest = await createVitest("test", {
  root,
  watch: false,
  bail: 1,
  project: ["node", "slow", "web"],
  reporters: [{}],
});

/** The file that was changed before, and is by now as it was. */
let restored: string | null = null;

async function isPassed({ changed, tests, are }: TestRun): Promise<boolean> {
  for (const file of [restored, changed]) if (file !== null) vitest.invalidateFile(join(root, file));
  restored = changed;
  const specifications = tests
    .map((test) => join(root, test))
    .flatMap((test) =>
      vitest.projects
        .filter((project) => (project.name === "slow") === (are === "slow") && project.matchesTestGlob(test))
        .map((project) => project.createSpecification(test)),
    );
  if (specifications.length === 0) return true;
  vitest.state.filesMap.clear();
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications, false);
  // No test was run: vitest itself refused, and the mutant is not the reason.
  if (testModules.length === 0) throw unhandledErrors[0] ?? new Error("No test was found.");
  return testModules.every((module) => module.ok()) && unhandledErrors.length === 0;
}

process.on("message", (run: TestRun) => {
  isPassed(run).then(
    (passed) => process.send?.(passed),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});
process.on("disconnect", () => process.exit());
process.send?.("ready");
