import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../", import.meta.url));
const folder = join(root, ".github/workflows");
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

interface WorkflowStep {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Workflow {
  readonly permissions?: unknown;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly permissions?: object;
        readonly "timeout-minutes"?: number;
        readonly steps: readonly WorkflowStep[];
      }
    >
  >;
}

const workflows = readdirSync(folder).map((name) => {
  const text = readFileSync(join(folder, name), "utf8");
  return { name, text, workflow: parse(text) as Workflow };
});

describe("the workflows", () => {
  it("are those of CI, deployment and release", () => {
    expect(workflows.map(({ name }) => name).sort()).toEqual(["ci.yml", "deploy.yml", "release.yml"]);
  });

  it.each(workflows)("of $name pin each action by its commit, and say its version", ({ text }) => {
    const uses = text.split("\n").filter((line) => /^\s*(- )?uses:/.test(line));
    expect(uses.length).toBeGreaterThan(0);
    for (const line of uses) {
      expect(line).toMatch(/uses: (\.\/|[\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/);
    }
    // One version of each action in all workflows.
    const versions = workflows.flatMap((other) => [
      ...other.text.matchAll(/uses: ([\w.-]+\/[\w.-]+)(@\S+)/g),
    ]);
    for (const [, action] of versions) {
      expect(new Set(versions.filter(([, name]) => name === action).map(([, , commit]) => commit)).size).toBe(
        1,
      );
    }
  });

  it.each(workflows)("of $name have no permission but those of a job, and an end", ({ workflow }) => {
    expect(workflow.permissions).toEqual({});
    for (const job of Object.values(workflow.jobs)) {
      expect(job.permissions).toBeDefined();
      expect(job["timeout-minutes"]).toBeGreaterThan(0);
    }
  });

  it.each(workflows)(
    "of $name run scripts that exist, and put no text of others into a shell",
    ({ workflow }) => {
      for (const { steps } of Object.values(workflow.jobs)) {
        for (const { uses, run = "", with: inputs } of steps) {
          expect(run).not.toContain("${{");
          for (const [, script = ""] of run.matchAll(/npm run (?:--silent )?([\w:-]+)/g)) {
            expect(scripts).toHaveProperty([script]);
          }
          for (const [, path = ""] of run.matchAll(/\bbash ([\w./-]+)/g)) {
            expect(existsSync(join(root, path)), path).toBe(true);
          }
          if (uses?.startsWith("actions/checkout@")) expect(inputs).toEqual({ "persist-credentials": false });
        }
      }
    },
  );
});
