import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, resolve } from "node:path";
import { text } from "node:stream/consumers";

/** A function that SST bundles, or watches in dev mode. */
export interface FunctionBuild {
  readonly functionID: string;
  readonly handler: string;
  readonly runtime: string;
  readonly dev: boolean;
  readonly copyFiles: readonly { readonly from: string; readonly to: string }[];
  /** The function's `nodejs`, and its architecture. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The part of SST's command line that a program sends requests to, on loopback. */
export interface SstServer {
  readonly url: string;
  functions(): Readonly<Record<string, FunctionBuild>>;
  close(): Promise<void>;
}

export async function startSstServer({
  root,
  work,
}: {
  readonly root: string;
  readonly work: string;
}): Promise<SstServer> {
  const functions = new Map<string, FunctionBuild>();
  const appsync = { http: "sst.appsync-api.example", realtime: "sst.appsync-realtime.example" };
  const methods: Readonly<Record<string, (input: never) => unknown>> = {
    "Provider.Aws.Bootstrap": ({ region }: { region: string }) => ({
      asset: `sst-asset-${region}`,
      state: `sst-state-${region}`,
      appsyncHttp: appsync.http,
      appsyncRealtime: appsync.realtime,
    }),
    "Provider.Aws.Appsync": () => appsync,
    "Runtime.AddTarget": (input: FunctionBuild) => add(input),
    // A placeholder for the bundle, which is bundle.mjs at the zip's root. bundle-function.ts makes the real one.
    "Runtime.Build": async (input: FunctionBuild) => {
      add(input);
      const out = join(work, "artifacts", `${input.functionID}-src`);
      await mkdir(out, { recursive: true });
      await writeFile(join(out, "bundle.mjs"), `// ${input.handler}\n`);
      return { handler: `bundle${extname(input.handler)}`, out, errors: [], sourcemaps: [] };
    },
  };

  function add({ functionID, handler, runtime, dev, copyFiles, properties }: FunctionBuild): true {
    const source = resolve(root, handler.slice(0, -extname(handler).length));
    if (!existsSync(`${source}.ts`)) throw new Error(`Handler not found: ${handler}`);
    functions.set(functionID, { functionID, handler, runtime, dev, copyFiles, properties });
    return true;
  }

  const server = createServer(async (request, response) => {
    const { method, params } = JSON.parse(await text(request)) as { method: string; params: [never] };
    const respond = async () => {
      const handle = methods[method];
      if (handle === undefined) throw new Error(`rpc: can't find method ${method}`);
      return { result: await handle(params[0]) };
    };
    const body = await respond().catch((error: Error) => ({ error: error.message }));
    response.setHeader("content-type", "application/json").end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    functions: () => Object.fromEntries([...functions].sort(([one], [other]) => (one < other ? -1 : 1))),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
