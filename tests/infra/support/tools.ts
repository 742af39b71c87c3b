import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
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

/** A tool that runs the module in a test. */
export interface ModuleTool {
  readonly name: string;
  readonly tools: Tools;
  /** Why the test is skipped, for its title; null where it runs. */
  readonly missing: string | null;
}

/**
 * The tool of all tests, and OpenTofu beside it where that one is Terraform: by TOFU_BIN, as `npm run tofu:build` builds it, by the
 * path.
 * @param needed the tools that the test needs
 */
export function moduleTools(needed?: readonly (keyof Tools)[]): readonly ModuleTool[] {
  const tools = findTools();
  const first = { tools, missing: toolsMissing(tools, needed) };
  if (tools.terraform !== null && isTofu(tools.terraform)) return [{ name: "OpenTofu", ...first }];
  const built = fileURLToPath(new URL("../../../.cache/tofu/tofu", import.meta.url));
  const find = `printenv TOFU_BIN || { test -x "${built}" && echo "${built}"; } || command -v tofu`;
  const withTofu = { ...tools, terraform: sourced("/dev/null", find) };
  const missing =
    withTofu.terraform === null
      ? "Not on this machine: tofu (TOFU_BIN, or npm run tofu:build)."
      : toolsMissing(withTofu, needed);
  return [
    { name: "Terraform", ...first },
    { name: "OpenTofu", tools: withTofu, missing },
  ];
}

const TERRAFORM_REGISTRY = "registry.terraform.io";
const TOFU_REGISTRY = "registry.opentofu.org";

/** Whether a program is OpenTofu, by what it says of itself. */
function isTofu(program: string): boolean {
  const env = { ...process.env, TF_CLI_CONFIG_FILE: "/dev/null", CHECKPOINT_DISABLE: "true" };
  return execFileSync(program, ["version"], { encoding: "utf8", env }).startsWith("OpenTofu");
}

/**
 * The flags of `init` that make it find the AWS provider on this machine. OpenTofu asks for it by the name of its own registry:
 * for it, a layout of that name is made whose packages lead to the same files.
 * @param folder where the layout may be made, and stays as long as the tool is used
 */
export function pluginFlags({ terraform, plugins }: Tools, folder: string): readonly string[] {
  if (plugins === null || terraform === null) return [];
  const theirs = join(plugins, TERRAFORM_REGISTRY);
  if (!existsSync(theirs) || !isTofu(terraform)) return [`-plugin-dir=${plugins}`];
  const packages = readdirSync(theirs, { recursive: true, encoding: "utf8" }).filter((path) =>
    /^[^/]+\/[^/]+\/[^/]+\/[^/]+$/.test(path),
  );
  for (const path of packages) {
    const place = join(folder, TOFU_REGISTRY, path);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(theirs, path), place);
  }
  return [`-plugin-dir=${folder}`];
}

/**
 * A sentence that names what is missing of the tools that a test needs; null when all are there.
 * The title of a skipped test contains it.
 */
export function toolsMissing(
  tools: Tools,
  needed: readonly (keyof Tools)[] = ["terraform", "plugins", "moto"],
): string | null {
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
