import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { findMoto } from "../../../packages/aws/src/testing/moto.ts";

/** Programs that the infrastructure's tests use and the project does not install; null where the machine lacks one. */
export interface Tools {
  /** `tofu` or `terraform`. */
  readonly terraform: string | null;
  /** The folder of the AWS provider, for `init -plugin-dir`: tests download nothing from a registry. */
  readonly plugins: string | null;
  readonly moto: string | null;
}

const NAMES: Readonly<Record<keyof Tools, string>> = {
  terraform: "tofu or terraform (TF_BIN)",
  plugins: "the AWS provider's binary (TF_PLUGIN_DIR)",
  moto: "moto_server (MOTO_SERVER)",
};

/** Finds each by its variable, by the tools beside the checkout, by the path. */
export function findTools(): Tools {
  const beside = fileURLToPath(new URL("../../../../shared/tools/env.sh", import.meta.url));
  const script = existsSync(beside) ? beside : "/dev/null";
  const path = "command -v tofu || command -v terraform";
  return {
    terraform: sourced(script, `printenv TF_BIN || ${path}`),
    plugins: sourced(script, "printenv TF_PLUGIN_DIR"),
    moto: findMoto(),
  };
}

/**
 * A sentence that names what is missing of the tools that a test needs; null when all are there.
 * The title of a skipped test contains it.
 */
export function toolsMissing(
  tools: Tools,
  needed: readonly (keyof Tools)[] = ["terraform", "plugins", "moto"],
) {
  const missing = needed.filter((tool) => tools[tool] === null).map((tool) => NAMES[tool]);
  return missing.length === 0 ? null : `Not on this machine: ${missing.join(", ")}.`;
}

function sourced(script: string, ask: string): string | null {
  try {
    const command = ["-c", `. "$1" >&2; ${ask}`, "sh", script];
    return execFileSync("sh", command, { encoding: "utf8", stdio: "pipe" }).trim() || null;
  } catch {
    return null;
  }
}
