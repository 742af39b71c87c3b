// Runs SST's components in a process of their own, with an engine in memory instead of Pulumi's and without AWS.
// evaluate-sst.ts bundles it with sst.config.ts beside Pulumi's packages.
import crypto from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import { runtime } from "@pulumi/pulumi";
import { MockMonitor } from "@pulumi/pulumi/runtime/mocks.js";
import {
  type EvaluatedStack,
  type FunctionBuild,
  PLACE,
  type Properties,
  type RegisteredResource,
  reference,
} from "./sst-stack.ts";

/** The attributes that programs read of resources. */
const ATTRIBUTES = [
  "name",
  "url",
  "urlId",
  "functionUrl",
  "domainName",
  "keyId",
  "etag",
  "apiEndpoint",
  "executionArn",
];

function attributesOf(type: string, name: string, inputs: Properties): Properties {
  const own = (attribute: string) => reference(type, name, attribute);
  const [, service = "", kind = ""] = /^aws:(\w+)\/(\w+)/.exec(type) ?? [];
  const path = service === "iam" ? `${kind}/` : `${kind}:`;
  const arn = `arn:aws:${service}:${PLACE.region}:${PLACE.accountId}:${path}${own("arn")}`;
  return {
    ...Object.fromEntries(ATTRIBUTES.map((attribute) => [attribute, own(attribute)])),
    // Of a RandomBytes: SST encrypts with it.
    base64: Buffer.alloc(32).toString("base64"),
    arn: service === "s3" ? `arn:aws:s3:::${inputs.bucket}` : arn,
  };
}

const CALLS: Readonly<Record<string, (inputs: Properties) => Properties>> = {
  "aws:index/getPartition:getPartition": () => ({ partition: PLACE.partition, dnsSuffix: "amazonaws.com" }),
  "aws:index/getRegion:getRegion": () => ({ region: PLACE.region, name: PLACE.region }),
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({ accountId: PLACE.accountId }),
  // SST asks for the policy of a role that it would create itself. Our functions have roles of their own.
  "aws:iam/getPolicyDocument:getPolicyDocument": () => ({ json: "{}" }),
  "aws:kms/getPublicKey:getPublicKey": ({ keyId }) => ({ publicKeyPem: `(the public half of ${keyId})` }),
};

const retained = new Set<string>();
const resources: RegisteredResource[] = [];
const functions: Record<string, FunctionBuild> = {};

interface NewResource {
  readonly type: string;
  readonly name: string;
  readonly inputs: Properties;
  readonly provider?: string;
  readonly custom?: boolean;
  /** Of a resource that is looked up. */
  readonly id?: string;
}

const mocks = {
  call({ token, inputs }: { token: string; inputs: Properties }) {
    const response = CALLS[token];
    if (response === undefined) return fail(new Error(`${token} is not in CALLS of sst-engine.ts.`));
    return response(inputs);
  },
  newResource({ type, name, inputs, provider, custom, id }: NewResource) {
    if (custom !== true) return { id: undefined, state: inputs };
    if (id) return { id, state: { ...inputs, bucket: id, name: id, arn: `arn:aws:::${id}` } };
    // A reference to a provider is {urn}::{id}, and a URN ends with the name.
    const from = provider?.split("::").at(-2) || null;
    const resource = { type, name, inputs: plain(inputs), provider: from };
    resources.push({ ...resource, retainOnDelete: retained.has(name) });
    return { id: reference(type, name, "id"), state: { ...attributesOf(type, name, inputs), ...inputs } };
  },
};

interface Registration {
  getName(): string;
  getRetainondelete(): boolean;
}

class Monitor extends MockMonitor {
  override registerResource(request: Registration, callback: never): Promise<void> {
    if (request.getRetainondelete()) retained.add(request.getName());
    return super.registerResource(request, callback);
  }
}

/** Secrets are their value: Pulumi marks them by an object with this key. */
const SECRET = "4dabf18193072939515e22adb298388d";
const plain = (inputs: Properties) =>
  JSON.parse(
    JSON.stringify(inputs, (_, one) => (one?.[SECRET] === undefined ? one : one.value)),
  ) as Properties;

function fail(error: unknown): never {
  console.error(error);
  process.exit(1);
}

/** The part of SST's command line that components send requests to. */
const methods: Readonly<Record<string, (input: FunctionBuild, folders: Folders) => unknown>> = {
  "Provider.Aws.Bootstrap": () => ({ asset: "sst-asset", state: "sst-state", ...APPSYNC }),
  "Provider.Aws.Appsync": () => ({ http: APPSYNC.appsyncHttp, realtime: APPSYNC.appsyncRealtime }),
  "Runtime.AddTarget": add,
  // A placeholder for the bundle.
  "Runtime.Build"(input, folders) {
    add(input, folders);
    const out = join(folders.work, input.functionID);
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, "bundle.mjs"), "");
    return { handler: `bundle${extname(input.handler)}`, out, errors: [], sourcemaps: [] };
  },
};
const APPSYNC = { appsyncHttp: "sst.appsync-api.example", appsyncRealtime: "sst.appsync-realtime.example" };

function add({ functionID, handler, dev, copyFiles }: FunctionBuild, { root }: Folders): true {
  const source = join(root, `${handler.slice(0, -extname(handler).length)}.ts`);
  if (!existsSync(source)) throw new Error(`Handler not found: ${handler}`);
  functions[functionID] = { functionID, handler, dev, copyFiles };
  return true;
}

async function startServer(folders: Folders): Promise<string> {
  const server = createServer(async (request, response) => {
    const { method, params } = JSON.parse(await text(request));
    let body: object;
    try {
      const handle = methods[method];
      if (handle === undefined) throw new Error(`rpc: can't find method ${method}`);
      body = { result: handle(params[0], folders) };
    } catch (error) {
      body = { error: (error as Error).message };
    }
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

interface Folders {
  readonly root: string;
  readonly work: string;
}

/** Runs the program, and sends the stack that it registers to the parent process. */
export async function runProgram(
  app: { readonly name: string; readonly stage: string },
  folders: Folders,
  program: () => Promise<Properties>,
): Promise<void> {
  process.on("unhandledRejection", fail);
  process.on("uncaughtException", fail);
  // SST puts a random suffix on some names.
  crypto.randomBytes = ((size: number) => Buffer.alloc(size)) as typeof crypto.randomBytes;
  process.env.SST_SERVER = await startServer(folders);
  runtime.setAllConfig({ "aws:region": PLACE.region });
  await runtime.setMocks(mocks, app.name, app.stage, false);
  runtime.setMockOptions(new Monitor(mocks), app.name, app.stage, false);
  let outputs: readonly string[] = [];
  await runtime.runInPulumiStack(async () => {
    const made = await program();
    outputs = Object.keys(made);
    return made;
  });
  // Functions are bundled after the program returned: it has ended when no work is left. Pulumi then sets the exit code to
  // 1 where a promise never settled.
  process.once("beforeExit", () =>
    process.send?.({ resources, functions, outputs } satisfies EvaluatedStack),
  );
}
