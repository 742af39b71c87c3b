import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { scratchCopy } from "./scratch-copy.ts";
import type { Tools } from "./tools.ts";

/** A root module in a scratch copy, initialised, with OpenTofu or Terraform to run on it. */
export interface Terraform {
  /** Where it runs: a copy that goes with `remove`. */
  readonly folder: string;
  write(file: string, content: string | Buffer): Promise<void>;
  validate(): Promise<void>;
  /** What `fmt` would change in the module, as a diff; empty when it would change nothing. */
  formatDifferences(): Promise<string>;
  plan(variables?: Variables): Promise<Plan>;
  apply(variables?: Variables): Promise<void>;
  destroy(variables?: Variables): Promise<void>;
  /** The addresses in the state, data sources included. */
  addresses(): Promise<readonly string[]>;
  outputs(): Promise<Readonly<Record<string, unknown>>>;
  /** Any other command; what it printed. */
  run(...args: readonly string[]): Promise<string>;
  remove(): Promise<void>;
}

export type Variables = Readonly<Record<string, unknown>>;

export interface Plan {
  /** Nothing to do, outputs included. */
  readonly empty: boolean;
  /** As a person reads it. */
  readonly text: string;
  /** As `show -json` tells it. */
  json(): Promise<PlanJson>;
}

/** The parts of a plan's JSON that tests read. */
export interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly type: string;
    readonly name: string;
    readonly provider_name: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly before: Readonly<Record<string, unknown>> | null;
      readonly after: Readonly<Record<string, unknown>> | null;
      readonly after_unknown: Readonly<Record<string, unknown>>;
    };
  }[];
  readonly planned_values: Readonly<Record<string, unknown>>;
  readonly output_changes?: Readonly<Record<string, unknown>>;
  readonly configuration: Readonly<Record<string, unknown>>;
}

/** A command failed; the message has all its errors, which name the resource and the cause. */
export class TerraformError extends Error {}

export interface TerraformOptions {
  readonly tools: Tools;
  readonly module: string;
  /** The root module within the folder that is copied. */
  readonly runIn?: string;
  /** Where AWS is, on loopback. Without it nothing listens, and whatever would ask AWS fails at once. */
  readonly endpoint?: string;
}

/** The provider's region where a module leaves it open. */
const REGION = "eu-central-1";

/** A loopback port on which nobody answers. */
const NOWHERE = "http://127.0.0.1:1";

/** Longer than any command takes, with the waits that the provider has built in. */
const LONGEST_RUN = 10 * 60_000;

/** Copies a module and initialises it. Throws what `init` printed when it fails. */
export async function aTerraform(options: TerraformOptions): Promise<Terraform> {
  const { tools, module, runIn = ".", endpoint } = options;
  const { folder, data, remove } = await scratchCopy(module, runIn, {
    s3_use_path_style: true, // a loopback address has no subdomains
    skip_credentials_validation: true,
    skip_metadata_api_check: true,
    skip_requesting_account_id: endpoint === undefined,
    // 1 is the fewest: 0 stands for the 25 that the provider tries by itself
    ...(endpoint === undefined ? { max_retries: 1 } : {}),
  });
  const command = tools.terraform ?? "terraform";
  const env = environment(data, endpoint);
  const run = async (accepted: readonly number[], ...args: readonly string[]) => {
    const ran = await execute(command, args, folder, env);
    if (accepted.includes(ran.code)) return ran;
    const said = [ran.stderr.trim(), lastLines(ran.stdout)].filter((text) => text !== "");
    throw new TerraformError(`${basename(command)} ${args[0]} ended with ${ran.code}:\n${said.join("\n")}`);
  };
  const withVariables = async (variables: Variables) => {
    await writeFile(join(folder, "stand-in.tfvars.json"), JSON.stringify(variables));
    return ["-input=false", "-no-color", "-var-file=stand-in.tfvars.json"];
  };
  try {
    const from = tools.plugins === null ? [] : [`-plugin-dir=${tools.plugins}`];
    await run([0], "init", "-backend=false", "-input=false", "-no-color", ...from);
  } catch (cause) {
    await remove();
    throw cause;
  }
  return {
    folder,
    remove,
    write: (file, content) => writeFile(join(folder, file), content),
    validate: async () => void (await run([0], "validate", "-no-color")),
    async formatDifferences() {
      // Of the sources: what was written into the copy is nobody's style.
      const asked = ["fmt", "-check", "-diff", "-recursive", "-no-color", module];
      return (await run([0, 3], ...asked)).stdout;
    },
    async plan(variables = {}) {
      const given = await withVariables(variables);
      const { code, stdout } = await run(
        [0, 2],
        "plan",
        "-detailed-exitcode",
        "-out=stand-in.plan",
        ...given,
      );
      const json = async () =>
        JSON.parse((await run([0], "show", "-json", "stand-in.plan")).stdout) as PlanJson;
      return { empty: code === 0, text: stdout, json };
    },
    async apply(variables = {}) {
      await run([0], "apply", "-auto-approve", ...(await withVariables(variables)));
    },
    async destroy(variables = {}) {
      await run([0], "destroy", "-auto-approve", ...(await withVariables(variables)));
    },
    addresses: async () => (await run([0], "state", "list")).stdout.split("\n").filter((line) => line !== ""),
    async outputs() {
      const all = JSON.parse((await run([0], "output", "-json")).stdout) as Record<
        string,
        { value: unknown }
      >;
      return Object.fromEntries(Object.entries(all).map(([name, { value }]) => [name, value]));
    },
    run: async (...args) => (await run([0], ...args)).stdout,
  };
}

/** Of this process's variables only the ones that find programs: no credentials, no profile and no proxy leak in. */
function environment(data: string, endpoint: string | undefined): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return {
    ...(PATH === undefined ? {} : { PATH }),
    ...(HOME === undefined ? {} : { HOME }),
    ...(TMPDIR === undefined ? {} : { TMPDIR }),
    TF_DATA_DIR: data,
    TF_CLI_CONFIG_FILE: "/dev/null",
    TF_IN_AUTOMATION: "true",
    CHECKPOINT_DISABLE: "true",
    AWS_ENDPOINT_URL: endpoint ?? NOWHERE,
    AWS_ACCESS_KEY_ID: "any",
    AWS_SECRET_ACCESS_KEY: "any",
    AWS_REGION: REGION,
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

/** Errors come apart from the rest, which may be a plan of thousands of lines: its end tells how far it came. */
const lastLines = (text: string) => text.trim().split("\n").slice(-40).join("\n");

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function execute(
  command: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], timeout: LONGEST_RUN });
    const stop = () => void child.kill();
    process.once("exit", stop);
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    child.once("error", reject);
    child.once("close", (code) => {
      process.off("exit", stop);
      const text = (chunks: readonly Buffer[]) => Buffer.concat(chunks).toString("utf8");
      resolve({ code: code ?? -1, stdout: text(out), stderr: text(err) });
    });
  });
}
