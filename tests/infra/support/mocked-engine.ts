// Runs an SST program with an engine in memory instead of Pulumi's. evaluate-sst.ts bundles it beside Pulumi's packages and
// starts it: node engine.mjs JOB.json
import crypto from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { runtime } from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import { callResponse, createdResource, type MockedInputs, type MockedLocation } from "./mocked-aws.ts";
import { plain } from "./plain-properties.ts";
import type { SstApp } from "./sst-bundle.ts";

export interface MockedJob {
  /** The bundled config. */
  readonly program: string;
  readonly platform: string;
  readonly region: string;
  readonly app: SstApp;
  /** The file that the result is written to. */
  readonly result: string;
}

/** A component or a resource as it was registered. */
export interface RegisteredResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** False for a component, which is no resource of AWS by itself. */
  readonly custom: boolean;
  /** True where it was looked up (`Bucket.get`) and not created; its inputs are empty. */
  readonly existing: boolean;
  /** Resolved. An attribute that only AWS decides is an ARN, a URL or the like made from the name, or `${type::name.attribute}`. */
  readonly inputs: MockedInputs;
  /** The outputs of a component. */
  readonly outputs: MockedInputs;
  /** The name of its provider; null for the default one. */
  readonly provider: string | null;
  readonly retainOnDelete: boolean;
}

export interface MockedResult {
  readonly resources: readonly RegisteredResource[];
  readonly outputs: MockedInputs;
}

interface EngineCall {
  getType(): string;
  getName(): string;
  getProvider(): string;
  getCustom?(): boolean;
  getObject?(): { toJavaScript(): object } | undefined;
  getRetainondelete?(): boolean;
}

type Callback = (error: unknown, response: unknown) => void;

class CapturingMonitor extends MockMonitor {
  readonly registered = new Map<string, RegisteredResource>();

  override registerResource(request: unknown, callback: Callback): Promise<void> {
    return super.registerResource(request, this.#recorded(request as EngineCall, callback, false));
  }

  override readResource(request: unknown, callback: Callback): Promise<void> {
    return super.readResource(request, this.#recorded(request as EngineCall, callback, true));
  }

  override invoke(request: unknown, callback: Callback): Promise<void> {
    return super.invoke(request, (error, response) => callback(withDetails(error), response));
  }

  override registerResourceOutputs(request: never, callback: Callback): void {
    const { getUrn, getOutputs }: { getUrn(): string; getOutputs(): { toJavaScript(): object } } = request;
    const found = this.registered.get(getUrn.call(request));
    const outputs = plain(getOutputs.call(request).toJavaScript()) as MockedInputs;
    if (found !== undefined) this.registered.set(found.urn, { ...found, outputs });
    super.registerResourceOutputs(request, callback);
  }

  #recorded(request: EngineCall, callback: Callback, existing: boolean): Callback {
    return (error, response) => {
      if (!error) this.#record(request, (response as { getUrn(): string }).getUrn(), existing);
      callback(withDetails(error), response);
    };
  }

  #record(request: EngineCall, urn: string, existing: boolean): void {
    if (this.registered.has(urn)) throw new Error(`Two resources have the URN ${urn}`);
    // The inputs of a dynamic provider contain the source text of its functions.
    const { __provider, ...inputs } = existing
      ? {}
      : (plain(request.getObject?.()?.toJavaScript() ?? {}) as MockedInputs);
    this.registered.set(urn, {
      urn,
      type: request.getType(),
      name: request.getName(),
      custom: existing || request.getCustom?.() === true,
      existing,
      inputs,
      outputs: {},
      provider: providerName(request.getProvider()),
      retainOnDelete: request.getRetainondelete?.() ?? false,
    });
  }
}

const job = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as MockedJob;
const regions = new Map<string, string>();
const outputNames = new Map<string, readonly string[]>();

process.on("unhandledRejection", fail);
process.on("uncaughtException", fail);
// SST puts a random suffix on names and the time into the site's build: the same program must give the same result.
crypto.randomBytes = ((size: number) => Buffer.alloc(size)) as typeof crypto.randomBytes;
Date.now = () => Date.UTC(2026, 0, 1);
await main();

async function main(): Promise<void> {
  const { app, region, program } = job;
  const { aws = {} } = app.providers ?? {};
  const settings = Object.entries(typeof aws === "string" ? {} : aws).map(([name, value]) => [
    `aws:${name}`,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  runtime.setAllConfig({ "aws:region": region, ...Object.fromEntries(settings) });
  const mocks = {
    call: ({ token, inputs, provider }: { token: string; inputs: MockedInputs; provider?: string }) =>
      callResponse(token, plain(inputs) as MockedInputs, placeOf(provider)),
    newResource: ({ type, name, inputs, provider, custom, id }: NewResource) => {
      if (custom !== true) return { id: undefined, state: inputs };
      const own = plain(inputs) as MockedInputs;
      if (type === "pulumi:providers:aws") regions.set(name, String(own.region ?? region));
      const created = createdResource(type, name, own, id, placeOf(provider));
      const marked = outputsOf(type).map((attribute) => [attribute, `\${${type}::${name}.${attribute}}`]);
      // An existing resource has AWS's attributes, whatever name SST would give it.
      const [first, last] = id ? [inputs, created.outputs] : [created.outputs, inputs];
      return { id: created.id, state: { ...Object.fromEntries(marked), ...first, ...last } };
    },
  };
  await runtime.setMocks(mocks, app.name, app.stage, false);
  const monitor = new CapturingMonitor(mocks);
  runtime.setMockOptions(monitor, app.name, app.stage, false);
  await runtime.runInPulumiStack(
    async () => ((await import(pathToFileURL(program).href)) as { default: unknown }).default,
  );
  // Functions are bundled after the program returned: it has ended when no work is left. Pulumi then sets the exit code to
  // 1 where a promise never settled.
  process.once("beforeExit", () => finish([...monitor.registered.values()]));
}

function finish(registered: readonly RegisteredResource[]): void {
  const stack = registered.find(({ type }) => type === runtime.rootPulumiStackTypeName);
  const result: MockedResult = {
    resources: registered.filter((one) => one !== stack).sort((one, other) => (one.urn < other.urn ? -1 : 1)),
    outputs: stack?.outputs ?? {},
  };
  writeFileSync(job.result, JSON.stringify(result));
}

// Pulumi reads an error's reason where gRPC puts it.
function withDetails(error: unknown): unknown {
  return error instanceof Error ? Object.assign(error, { details: error.message }) : error;
}

interface NewResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: MockedInputs;
  readonly provider?: string;
  readonly custom?: boolean;
  readonly id?: string;
}

function placeOf(provider: string | undefined): MockedLocation {
  const region = regions.get(providerName(provider) ?? "") ?? job.region;
  return { region, account: "123456789012", partition: "aws" };
}

/** A reference to a provider is {urn}::{id}, and a URN ends with the name. */
function providerName(reference: string | undefined): string | null {
  return reference?.split("::").at(-2) || null;
}

/** The attributes that the class of a type declares as its provider's, read from the source of the class. */
function outputsOf(type: string): readonly string[] {
  const found = outputNames.get(type);
  if (found !== undefined) return found;
  const [provider = "", module = "", name = ""] = type.split(":");
  const path = module.replace(/^index\/?/, "");
  const isFile = path.includes("/") || module.startsWith("index/");
  const file = isFile ? path : join(path, name.slice(0, 1).toLowerCase() + name.slice(1));
  let source = "";
  try {
    source = readFileSync(join(job.platform, "node_modules", "@pulumi", provider, `${file}.js`), "utf8");
  } catch {
    // A dynamic resource or a provider has no such class.
  }
  const names = [...source.matchAll(/resourceInputs\["(\w+)"\] = undefined \/\*out\*\//g)].map(
    ([, one = ""]) => one,
  );
  outputNames.set(type, names);
  return names;
}

function fail(error: unknown): never {
  console.error(error instanceof Error ? error.stack : error);
  process.exit(1);
}
