import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** An action of this repository, with the one step that it runs. */
export interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly default?: string; readonly required?: boolean }>>;
  readonly runs: {
    readonly steps: readonly [{ readonly run: string; readonly env: Record<string, string> }];
  };
}

export const readAction = (path: string): ActionFile => parse(readFileSync(join(root, path), "utf8"));

export interface ActionRun {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** The summary of the run. @throws Error where there is none */
  summary(): string;
  /** The path of a file in the workflow's folder. */
  path(name: string): string;
}

/**
 * Runs the step of an action as a runner does: inputs and contexts become environment variables.
 * @param path of the action's file
 * @param files contents of files in the workflow's folder
 */
export async function runAction(
  path: string,
  inputs: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>,
): Promise<ActionRun> {
  const action = readAction(path);
  const [step] = action.runs.steps;
  const workspace = mkdtempSync(join(tmpdir(), "workspace-"));
  onTestFinished(() => rmSync(workspace, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(workspace, name), text);
  const values = Object.entries(step.env).map(([name, expression]) => {
    const key = /^\$\{\{ inputs\.([a-z-]+) \}\}$/.exec(expression)?.[1] ?? "";
    return [name, key === "token" ? "token-1" : (inputs[key] ?? action.inputs[key]?.default ?? "")];
  });
  const child = spawn("bash", ["-e", "-c", step.run], {
    cwd: workspace,
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      ...Object.fromEntries(values),
      GITHUB_ACTION_PATH: join(root, dirname(path)),
      GITHUB_STEP_SUMMARY: join(workspace, "summary.md"),
      GITHUB_EVENT_PATH: join(workspace, "event.json"),
      RUNNER_TEMP: workspace,
      NODE_NO_WARNINGS: "1",
      ...env,
    },
  });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return {
    code,
    out,
    err,
    summary: () => readFileSync(join(workspace, "summary.md"), "utf8"),
    path: (name) => join(workspace, name),
  };
}

/** The inputs of an action that do not reach its step under their own name. */
export function inputsWithoutVariable(path: string): readonly string[] {
  const action = readAction(path);
  const [{ env }] = action.runs.steps;
  return Object.keys(action.inputs).filter(
    (name) =>
      name !== "token" &&
      env[`INPUT_${name.toUpperCase().replaceAll("-", "_")}`] !== `$\{{ inputs.${name} }}`,
  );
}
