import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { aTerraform, type Terraform } from "../infra/support/terraform.ts";
import type { Tools } from "../infra/support/tools.ts";
import { planScrubber } from "./plan-scrubber.ts";

/** Makes plans of a configuration with the real Terraform and AWS provider, in the account of an emulator. */
export interface PlanMaker {
  /** Of the configuration. */
  readonly name: string;
  /** Makes a stage of the configuration the current one and applies it. */
  apply(stage: PlanStage): Promise<void>;
  /** @throws Error when the apply succeeds */
  applyFails(): Promise<void>;
  /** Makes a stage the current one; texts in its files are replaced. */
  use(stage: PlanStage, replacements?: Readonly<Record<string, string>>): Promise<void>;
  /** Keeps the JSON of a plan under a name. */
  plan(name: string, ...options: readonly string[]): Promise<void>;
  /** A plan that Terraform writes although planning fails. @throws Error when planning succeeds */
  planFails(name: string, ...options: readonly string[]): Promise<void>;
  /** Keeps the JSON of the state under a name. */
  stateOf(name: string): Promise<void>;
  terraform(...args: readonly string[]): Promise<string>;
  /** Calls the account directly, as somebody does who changes it outside of Terraform: a service that takes forms. */
  account(call: FormCall): Promise<void>;
  accountJson(call: JsonCall): Promise<void>;
}

export type PlanStage = "before" | "after";

type FormCall = {
  readonly service: string;
  readonly region: string;
  readonly action: string;
} & Readonly<Record<string, string>>;

interface JsonCall {
  readonly service: string;
  readonly region: string;
  readonly target: string;
  readonly body: object;
}

const CONFIGURATIONS = fileURLToPath(new URL("./configurations", import.meta.url));

export interface MadePlans {
  /** JSON texts by name, scrubbed: without paths, addresses of servers and times of this run. */
  readonly texts: ReadonlyMap<string, string>;
}

/** @param endpoint of the emulator */
export async function makePlans(
  name: string,
  scenario: (maker: PlanMaker) => Promise<void>,
  tools: Tools,
  endpoint: string,
): Promise<MadePlans> {
  const folders = await readdir(join(CONFIGURATIONS, name));
  const first = folders.includes("before") ? "before" : "after";
  const terraform = await aTerraform({ tools, module: join(CONFIGURATIONS, name, first), endpoint });
  try {
    const texts = new Map<string, string>();
    await scenario(planMaker(name, terraform, endpoint, texts));
    return { texts };
  } finally {
    await terraform.remove();
  }
}

function planMaker(
  name: string,
  terraform: Terraform,
  endpoint: string,
  texts: Map<string, string>,
): PlanMaker {
  const scrubbed = planScrubber([terraform.folder, endpoint]);
  const show = async (...args: readonly string[]) => scrubbed(await terraform.run("show", "-json", ...args));
  const planned = (options: readonly string[]) =>
    terraform.run("plan", "-input=false", "-no-color", "-out=made.plan", ...options);
  const applied = () => terraform.run("apply", "-auto-approve", "-input=false", "-no-color");
  const use = async (stage: PlanStage, replacements = {}) =>
    copyStage(join(CONFIGURATIONS, name, stage), terraform.folder, replacements);
  const call = (region: string, service: string, headers: Readonly<Record<string, string>>, body: string) =>
    callAccount(endpoint, region, service, headers, body);
  return {
    name,
    use,
    terraform: terraform.run,
    async apply(stage) {
      await use(stage);
      await applied();
    },
    applyFails: () => failing(applied()),
    async plan(plan, ...options) {
      await planned(options);
      texts.set(plan, await show("made.plan"));
    },
    async planFails(plan, ...options) {
      await failing(planned(options));
      texts.set(plan, await show("made.plan"));
    },
    async stateOf(state) {
      texts.set(state, await show());
    },
    async account({ service, region, action, ...parameters }) {
      const form = new URLSearchParams({ Action: action, Version: "2016-11-15", ...parameters });
      await call(region, service, { "content-type": "application/x-www-form-urlencoded" }, String(form));
    },
    async accountJson({ service, region, target, body }) {
      const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
      await call(region, service, headers, JSON.stringify(body));
    },
  };
}

/** Replaces the configuration in a folder, except for the files of the test. */
async function copyStage(
  from: string,
  folder: string,
  replacements: Readonly<Record<string, string>>,
): Promise<void> {
  const files = await readdir(folder);
  const old = files.filter((file) => /\.tf(\.json)?$/.test(file) && !file.startsWith("test_"));
  await Promise.all(old.map((file) => rm(join(folder, file))));
  await cp(from, folder, { recursive: true });
  for (const [text, replacement] of Object.entries(replacements)) {
    const file = join(folder, "main.tf");
    await writeFile(file, (await readFile(file, "utf8")).replaceAll(text, replacement));
  }
}

async function failing(command: Promise<string>): Promise<void> {
  const failed = await command.then(
    () => false,
    () => true,
  );
  if (!failed)
    throw new Error("Terraform succeeded. The scenario expects that it fails: change the scenario.");
}

async function callAccount(
  endpoint: string,
  region: string,
  service: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<void> {
  // The emulator reads the region and the service from the scope of the signature, which it does not check.
  const authorization = `AWS4-HMAC-SHA256 Credential=any/20261130/${region}/${service}/aws4_request, SignedHeaders=host, Signature=any`;
  const response = await fetch(endpoint, { method: "POST", headers: { ...headers, authorization }, body });
  if (!response.ok) throw new Error(`${service} answers ${response.status}: ${await response.text()}`);
}
