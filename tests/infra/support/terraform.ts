import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { pluginFlags, type Tools } from "./tools.ts";

/** A root module in a scratch copy, initialised, with OpenTofu or Terraform to run in it. */
export interface Terraform {
  /** The copy's root module. */
  readonly folder: string;
  validate(): Promise<void>;
  /** The changes that `fmt` would make in the original module, as a diff. */
  formatDifferences(): Promise<string>;
  plan(variables?: Variables): Promise<PlannedRun>;
  apply(variables?: Variables, ...options: readonly string[]): Promise<string>;
  destroy(variables?: Variables): Promise<void>;
  /** The resources in the state, data sources included. */
  state(): Promise<readonly StateResource[]>;
  outputs(): Promise<Readonly<Record<string, unknown>>>;
  /** Runs any other command and returns its output. */
  run(...args: readonly string[]): Promise<string>;
  remove(): Promise<void>;
}

export type Variables = Readonly<Record<string, unknown>>;

export interface PlannedRun {
  /** True where the plan changes nothing, outputs included. */
  readonly empty: boolean;
  readonly text: string;
  json(): Promise<PlanJson>;
}

/** The parts of a plan's JSON that tests read. */
export interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly type: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly after: Readonly<Record<string, unknown>> | null;
    };
  }[];
  readonly planned_values: Readonly<Record<string, unknown>>;
}

export interface StateResource {
  readonly address: string;
  readonly values: Readonly<Record<string, unknown>>;
}

export interface TerraformOptions {
  readonly tools: Tools;
  /** The folder of the module. It is copied, so nothing is written into it. */
  readonly module: string;
  /** The root module in it, such as `examples/minimal`; `.` by default. */
  readonly runIn?: string;
  /** The URL of an AWS emulator; without one no request to AWS can succeed. */
  readonly endpoint?: string;
}

/** Names of files and folders that belong to a run and not to a module. */
export const OF_A_RUN = /^(\.terraform.*|.*\.tfstate(\..*)?|terraform\.tfvars)$/;

/** The region where a module sets none. */
const REGION = "eu-central-1";

/** A loopback port without a server. */
const NO_ENDPOINT = "http://127.0.0.1:1";

/** Longer than any command takes, with the waits that are part of the provider. */
const TIMEOUT_MS = 20 * 60_000;

/** Copies a module and initialises the copy. @throws Error with the output of `init` when it fails */
export async function aTerraform({
  tools,
  module,
  runIn = ".",
  endpoint,
}: TerraformOptions): Promise<Terraform> {
  const scratch = await mkdtemp(join(tmpdir(), "dapanoskop-infra-"));
  const folder = join(scratch, "module", runIn);
  const remove = () => rm(scratch, { recursive: true, force: true });
  const env = environment(join(scratch, "data"), endpoint);
  const run = async (accepted: readonly number[], ...args: readonly string[]) => {
    const { code, stdout, stderr } = await execute(tools.terraform ?? "terraform", args, folder, env);
    if (accepted.includes(code)) return { code, stdout };
    const output = stdout.trim().split("\n").slice(-40).join("\n");
    throw new Error(`terraform ${args[0]} ended with ${code}:\n${stderr.trim()}\n${output}`);
  };
  const withVariables = async (variables: Variables) => {
    await writeFile(join(folder, "test.tfvars.json"), JSON.stringify(variables));
    return ["-input=false", "-no-color", "-var-file=test.tfvars.json"];
  };
  try {
    await cp(module, join(scratch, "module"), {
      recursive: true,
      filter: (path) => !OF_A_RUN.test(basename(path)),
    });
    await overrideProviders(folder, endpoint !== undefined);
    const plugins = pluginFlags(tools, join(scratch, "plugins"));
    await run([0], "init", "-backend=false", "-input=false", "-no-color", ...plugins);
  } catch (cause) {
    await remove();
    throw cause;
  }
  const json = async (...args: readonly string[]) => JSON.parse((await run([0], ...args)).stdout);
  return {
    folder,
    remove,
    validate: async () => void (await run([0], "validate", "-no-color")),
    // The original: the files that were written into the copy need no format.
    formatDifferences: async () =>
      (await run([0, 3], "fmt", "-check", "-diff", "-recursive", "-no-color", module)).stdout,
    async plan(variables = {}) {
      const given = await withVariables(variables);
      const { code, stdout } = await run([0, 2], "plan", "-detailed-exitcode", "-out=test.plan", ...given);
      return { empty: code === 0, text: stdout, json: () => json("show", "-json", "test.plan") };
    },
    apply: async (variables = {}, ...options) =>
      (await run([0], "apply", "-auto-approve", ...options, ...(await withVariables(variables)))).stdout,
    destroy: async (variables = {}) =>
      void (await run([0], "destroy", "-auto-approve", ...(await withVariables(variables)))),
    state: async () => (await json("show", "-json", "-no-color")).values?.root_module.resources ?? [],
    async outputs() {
      const all: Readonly<Record<string, { value: unknown }>> = await json("output", "-json");
      return Object.fromEntries(Object.entries(all).map(([name, { value }]) => [name, value]));
    },
    run: async (...args) => (await run([0], ...args)).stdout,
  };
}

/** Sets up the AWS providers of a root module for an emulator, in an override file, and adds a default one if it has none. */
async function overrideProviders(folder: string, hasEndpoint: boolean): Promise<void> {
  const names = await readdir(folder);
  const texts = (suffix: string) =>
    Promise.all(
      names.filter((name) => name.endsWith(suffix)).map((name) => readFile(join(folder, name), "utf8")),
    );
  const aliases = [
    ...(await texts(".tf")).flatMap(providerAliases),
    ...(await texts(".tf.json")).flatMap(jsonProviderAliases),
  ];
  const block = (alias: string | null) => `provider "aws" {
  ${alias === null ? "" : `alias = "${alias}"`}
  s3_use_path_style = true # a loopback address has no subdomains
  skip_credentials_validation = true
  skip_metadata_api_check = true
  skip_requesting_account_id = ${!hasEndpoint}
  ${hasEndpoint ? "" : "max_retries = 1 # 0 would mean the provider's default, 25"}
}
`;
  await writeFile(join(folder, "test_override.tf"), aliases.map(block).join(""));
  if (!aliases.includes(null)) await writeFile(join(folder, "test_provider.tf"), block(null));
}

/** The alias of each AWS provider in a file; `null` of the default one. */
function providerAliases(text: string): readonly (string | null)[] {
  const blocks = [...text.matchAll(/^provider\s+"aws"\s*\{(.*?)(?:^\}|\}\s*$)/gms)];
  return blocks.map(([, body = ""]) => /^\s*alias\s*=\s*"([^"]+)"/m.exec(body)?.[1] ?? null);
}

function jsonProviderAliases(text: string): readonly (string | null)[] {
  const providers = (
    JSON.parse(text) as { readonly provider?: { readonly aws?: object | readonly object[] } }
  ).provider?.aws;
  return [providers ?? []].flat().map((one) => ("alias" in one ? String(one.alias) : null));
}

/** Only the variables of this process that find programs: no credentials, profile or proxy of the machine. */
function environment(data: string, endpoint = NO_ENDPOINT): NodeJS.ProcessEnv {
  const kept = ["PATH", "HOME", "TMPDIR"].flatMap((name) =>
    name in process.env ? [[name, process.env[name]]] : [],
  );
  return {
    ...Object.fromEntries(kept),
    TF_DATA_DIR: data,
    TF_CLI_CONFIG_FILE: "/dev/null",
    TF_IN_AUTOMATION: "true",
    CHECKPOINT_DISABLE: "true",
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "any",
    AWS_SECRET_ACCESS_KEY: "any",
    AWS_REGION: REGION,
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

/** Runs a command, and stops it where this process ends. */
async function execute(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv) {
  const options = { cwd, env, timeout: TIMEOUT_MS, maxBuffer: 256 * 1024 * 1024 };
  const running = promisify(execFile)(command, args, options);
  const stop = () => void running.child.kill();
  process.once("exit", stop);
  type Failure = { readonly code: number; readonly stdout: string; readonly stderr: string };
  const result = await running.then(
    (output) => ({ code: 0, ...output }),
    (failure: Failure) => failure,
  );
  process.off("exit", stop);
  return result;
}
