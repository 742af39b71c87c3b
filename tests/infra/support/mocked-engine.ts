// Runs an SST program with an engine in memory in Pulumi's place. Started by evaluate-sst.ts, bundled beside Pulumi's
// packages: node engine.mjs JOB.json
import crypto from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { runtime } from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import { answerCall, type Inputs, knownOutputs, type Whereabouts } from "./mocked-aws.ts";
import { plain } from "./plain-properties.ts";
import type { SstApp } from "./sst-bundle.ts";

export interface MockedJob {
  /** The bundled config. */
  readonly program: string;
  readonly platform: string;
  readonly region: string;
  readonly app: SstApp;
  /** Where the result goes. */
  readonly result: string;
}

/** A component or a resource as it was registered. */
export interface EvaluatedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** false: a component, which is nothing in AWS by itself. */
  readonly custom: boolean;
  /** true: looked up (`Bucket.get`), not created; its inputs are empty. */
  readonly existing: boolean;
  /** null for a component. */
  readonly id: string | null;
  /** Resolved; what only AWS knows is an ARN, URL or the like made up from the name, or `${type::name.attribute}`. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** A component's outputs. */
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly parent: string | null;
  /** The name of the provider that was chosen for it; null: the default one. */
  readonly provider: string | null;
  /** URNs, of `dependsOn` and of whatever its inputs came from. */
  readonly dependencies: readonly string[];
  readonly ignoreChanges: readonly string[];
  readonly protect: boolean;
  readonly retainOnDelete: boolean;
}

export interface MockedResult {
  readonly resources: readonly EvaluatedResource[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

interface Request {
  getType(): string;
  getName(): string;
  getParent(): string;
  getProvider(): string;
  getDependenciesList(): string[];
}

type Callback = (error: unknown, response: unknown) => void;

class RecordingMonitor extends MockMonitor {
  readonly registered = new Map<string, EvaluatedResource>();

  override async registerResource(request: unknown, callback: Callback): Promise<void> {
    await super.registerResource(request, (error, response) => {
      if (!error) this.synthesize(request as never, response, false);
      callback(withDetails(error), response);
    });
  }

  override async readResource(request: unknown, callback: Callback): Promise<void> {
    await super.readResource(request, (error, response) => {
      if (!error) this.synthesize(request as never, response, true);
      callback(withDetails(error), response);
    });
  }

  override async invoke(request: unknown, callback: Callback): Promise<void> {
    await super.invoke(request, (error, response) => callback(withDetails(error), response));
  }

  override registerResourceOutputs(request: never, callback: Callback): void {
    const told: { getUrn(): string; getOutputs(): { toJavaScript(): object } } = request;
    const known = this.registered.get(told.getUrn());
    if (known !== undefined) {
      this.registered.set(known.urn, {
        ...known,
        outputs: plain(told.getOutputs().toJavaScript()) as Inputs,
      });
    }
    super.registerResourceOutputs(request, callback);
  }

  private synthesize(
    request: Request & {
      getCustom(): boolean;
      getObject(): { toJavaScript(): object } | undefined;
      getProtect?(): boolean;
      getRetainondelete?(): boolean;
      getIgnorechangesList?(): string[];
      getId?(): string;
    },
    response: { getUrn(): string; getId?(): string },
    existing: boolean,
  ): void {
    const urn = response.getUrn();
    if (this.registered.has(urn)) throw new Error(`Two resources have the URN ${urn}`);
    const custom = existing || request.getCustom();
    // A dynamic provider travels as the source text of its functions.
    const { __provider, ...inputs } = existing
      ? {}
      : (plain(request.getObject()?.toJavaScript() ?? {}) as Inputs);
    this.registered.set(urn, {
      urn,
      type: request.getType(),
      name: request.getName(),
      custom,
      existing,
      id: custom ? (existing ? request.getId?.() : response.getId?.()) || null : null,
      inputs,
      outputs: {},
      parent: request.getParent() || null,
      provider: providerName(request.getProvider()),
      dependencies: [...request.getDependenciesList()].sort(),
      ignoreChanges: [...new Set(request.getIgnorechangesList?.() ?? [])].sort(),
      protect: request.getProtect?.() ?? false,
      retainOnDelete: request.getRetainondelete?.() ?? false,
    });
  }
}

const job = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as MockedJob;
const regions = new Map<string, string>();
const outputNames = new Map<string, readonly string[]>();

process.on("unhandledRejection", fail);
process.on("uncaughtException", fail);
makeRepeatable();
await main();

async function main(): Promise<void> {
  const { app, region, program } = job;
  const { aws = {} } = app.providers ?? {};
  const settings = typeof aws === "string" ? {} : aws;
  runtime.setAllConfig({
    "aws:region": region,
    ...Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [
        `aws:${name}`,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    ),
  });
  const mocks = {
    call: ({ token, inputs, provider }: { token: string; inputs: Inputs; provider?: string }) =>
      answerCall(token, plain(inputs) as Inputs, whereIs(provider)),
    newResource: ({ type, name, inputs, provider, custom, id }: NewResource) => {
      if (custom !== true) return { id: undefined, state: inputs };
      const own = plain(inputs) as Inputs;
      if (type === "pulumi:providers:aws") regions.set(name, String(own.region ?? region));
      const known = knownOutputs(type, name, own, id, whereIs(provider));
      const marked = outputsOf(type).map((attribute) => [attribute, `\${${type}::${name}.${attribute}}`]);
      // What exists is as AWS has it, whatever SST would have named it.
      const [first, last] = id ? [inputs, known.outputs] : [known.outputs, inputs];
      return { id: known.id, state: { ...Object.fromEntries(marked), ...first, ...last } };
    },
  };
  await runtime.setMocks(mocks, app.name, app.stage, false);
  const monitor = new RecordingMonitor(mocks);
  runtime.setMockOptions(monitor, app.name, app.stage, false);
  await runtime.runInPulumiStack(
    async () => ((await import(pathToFileURL(program).href)) as { default: unknown }).default,
  );
  // Functions are bundled meanwhile: the program is over when nothing is left to wait for. Pulumi then looks for
  // promises that nobody kept, and makes the exit code 1.
  process.once("beforeExit", () => finish([...monitor.registered.values()]));
}

function finish(registered: readonly EvaluatedResource[]): void {
  const stack = registered.find(({ type }) => type === runtime.rootPulumiStackTypeName);
  const result: MockedResult = {
    resources: registered.filter((one) => one !== stack).sort((one, other) => (one.urn < other.urn ? -1 : 1)),
    outputs: stack?.outputs ?? {},
  };
  writeFileSync(job.result, JSON.stringify(result));
}

// Pulumi looks for what went wrong where gRPC would put it.
function withDetails(error: unknown): unknown {
  return error instanceof Error ? Object.assign(error, { details: error.message }) : error;
}

interface NewResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Inputs;
  readonly provider?: string;
  readonly custom?: boolean;
  readonly id?: string;
}

function whereIs(provider: string | undefined): Whereabouts {
  const name = providerName(provider);
  return {
    region: (name === null ? undefined : regions.get(name)) ?? job.region,
    account: "123456789012",
    partition: "aws",
  };
}

/** A provider is referred to as {urn}::{id}, and a URN ends in its name. */
function providerName(reference: string | undefined): string | null {
  const name = reference?.split("::").at(-2);
  return name === undefined || name === "" ? null : name;
}

/** The attributes that a type's class declares as its provider's, by the class's own source. */
function outputsOf(type: string): readonly string[] {
  const known = outputNames.get(type);
  if (known !== undefined) return known;
  const [provider = "", module = "", name = ""] = type.split(":");
  const place = module.replace(/^index\/?/, "");
  const file = place.includes("/") || module.startsWith("index/") ? place : join(place, lowerFirst(name));
  let source = "";
  try {
    source = readFileSync(join(job.platform, "node_modules", "@pulumi", provider, `${file}.js`), "utf8");
  } catch {
    // Not a class of a provider: a dynamic resource, or a provider itself.
  }
  const names = [...source.matchAll(/resourceInputs\["(\w+)"\] = undefined \/\*out\*\//g)];
  const found = names.map(([, attribute = ""]) => attribute);
  outputNames.set(type, found);
  return found;
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

// SST puts a random suffix on names and the time into the site's build: tests want the same ones each time.
function makeRepeatable(): void {
  const zeros = (size: number) => Buffer.alloc(size);
  crypto.randomBytes = zeros as typeof crypto.randomBytes;
  Date.now = () => Date.UTC(2026, 0, 1);
}

function fail(error: unknown): never {
  console.error(error instanceof Error ? error.stack : error);
  process.exit(1);
}
