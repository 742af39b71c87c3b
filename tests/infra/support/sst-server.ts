import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, dirname, extname, isAbsolute, join } from "node:path";
import { text } from "node:stream/consumers";

/** What SST asks its server to bundle (or in dev mode to watch) for a function. */
export interface FunctionBuild {
  readonly functionID: string;
  readonly handler: string;
  readonly runtime: string;
  readonly dev: boolean;
  readonly bundle?: string;
  readonly copyFiles: readonly { readonly from: string; readonly to: string; readonly isDir: boolean }[];
  /** The function's `nodejs`, and its architecture. */
  readonly properties: Readonly<Record<string, unknown>>;
}

/** The part of SST's command line that a program talks to, on loopback. */
export interface SstServer {
  readonly url: string;
  functions(): Readonly<Record<string, FunctionBuild>>;
  close(): Promise<void>;
}

interface Project {
  readonly root: string;
  readonly work: string;
}

export async function startSstServer(project: Project): Promise<SstServer> {
  const functions = new Map<string, FunctionBuild>();
  const answers: Readonly<Record<string, (input: never) => unknown>> = {
    "Provider.Aws.Bootstrap": ({ region }: { region: string }) => ({
      asset: `sst-asset-${region}`,
      assetEcrRegistryId: "123456789012",
      assetEcrUrl: `123456789012.dkr.ecr.${region}.amazonaws.com/sst-asset`,
      state: `sst-state-${region}`,
      appsyncHttp: "sst.appsync-api.example",
      appsyncRealtime: "sst.appsync-realtime.example",
    }),
    "Provider.Aws.Appsync": () => ({
      http: "sst.appsync-api.example",
      realtime: "sst.appsync-realtime.example",
    }),
    "Runtime.AddTarget": (input: FunctionBuild) => {
      handlerFile(project.root, input.handler);
      functions.set(input.functionID, told(input));
      return true;
    },
    "Runtime.Build": (input: FunctionBuild) => {
      functions.set(input.functionID, told(input));
      return buildFunction(project, input);
    },
  };
  const server = createServer(async (request, response) => {
    const { method, params } = JSON.parse(await text(request)) as { method: string; params: [never] };
    const answer = answers[method];
    const body =
      answer === undefined
        ? { error: `rpc: can't find method ${method}` }
        : await Promise.resolve()
            .then(() => answer(params[0]))
            .then(
              (result) => ({ result }),
              (error: Error) => ({ error: error.message }),
            );
    response.setHeader("content-type", "application/json").end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    functions: () => Object.fromEntries([...functions].sort(([one], [other]) => (one < other ? -1 : 1))),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

// The rest is keys and links.
function told({ functionID, handler, runtime, dev, bundle, copyFiles, properties }: FunctionBuild) {
  const named = bundle === undefined ? {} : { bundle };
  return { functionID, handler, runtime, dev, ...named, copyFiles, properties };
}

/**
 * A placeholder where SST's bundle would be: whatever the handler's folder, that is bundle.mjs at the zip's root.
 * bundle-function.ts makes the real one.
 */
async function buildFunction({ root, work }: Project, input: FunctionBuild) {
  const handler = `bundle${extname(input.handler)}`;
  if (input.bundle !== undefined) {
    return { handler: input.handler, out: input.bundle, errors: [], sourcemaps: [] };
  }
  handlerFile(root, input.handler);
  const out = join(work, "artifacts", `${input.functionID}-src`);
  await mkdir(out, { recursive: true });
  await writeFile(join(out, "bundle.mjs"), `// ${input.handler}\n`);
  return { handler, out, errors: [], sourcemaps: [] };
}

function handlerFile(root: string, handler: string): string {
  const without = join(dirname(handler), basename(handler, extname(handler)));
  const found = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"]
    .map((extension) => without + extension)
    .map((file) => (isAbsolute(file) ? file : join(root, file)))
    .find((file) => existsSync(file));
  if (found === undefined) throw new Error(`Handler not found: ${handler}`);
  return found;
}
