import { fork } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";
import { type EvaluatedStack, PLACE, type RegisteredResource } from "./sst-stack.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const platform = join(root, ".sst", "platform");
const config = join(root, "sst.config.ts");

interface EvaluateOptions {
  readonly stage: string;
  /** Whether `$dev` is true, as in `sst dev`; false by default. */
  readonly dev?: boolean;
  /** The program's `process.env`, beside PATH and HOME. */
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Evaluates sst.config.ts as `sst deploy` would, without AWS: SST's own components run in a process of their own, with an
 * engine in memory. Needs .sst/platform (`npm run sst -- install`). Sends nothing to the network.
 * @throws Error with the program's output, when it fails
 */
export async function evaluateSst({
  stage,
  dev = false,
  environment = {},
}: EvaluateOptions): Promise<EvaluatedStack> {
  await mkdir(join(root, ".sst", "evaluations"), { recursive: true });
  const work = await mkdtemp(join(root, ".sst", "evaluations", "run-"));
  // Node looks for Pulumi's packages from the folder of a file upwards.
  const programs = join(platform, "node_modules", ".evaluations", basename(work));
  try {
    const program = join(programs, "run.mjs");
    await bundle(program, { stage, dev, work });
    const { PATH = "", HOME = "" } = process.env;
    return await run(program, { PATH, HOME, TZ: "UTC", SST_AWS_REGION: PLACE.region, ...environment });
  } finally {
    await rm(programs, { recursive: true, force: true });
    await rm(work, { recursive: true, force: true });
  }
}

/** The one resource of a type and a name. @throws Error when there is none, or more than one */
export function resourceOf({ resources }: EvaluatedStack, type: string, name: string): RegisteredResource {
  const [found, ...others] = resources.filter((one) => one.type === type && one.name === name);
  if (found !== undefined && others.length === 0) return found;
  throw new Error(`There is not exactly one ${type} named ${name}.`);
}

/** Bundles the config with SST's components as SST's command line does, and with our engine. */
async function bundle(
  outfile: string,
  { stage, dev, work }: { readonly stage: string; readonly dev: boolean; readonly work: string },
): Promise<void> {
  const source = join(platform, "src");
  const module = (path: string) => JSON.stringify(path);
  const folders = { root, work, platform };
  const cli = { command: "deploy", dev, paths: { home: work, ...folders }, state: { version: {} } };
  const app = { stage, removal: "retain", protect: false };
  await build({
    bundle: true,
    platform: "node",
    format: "esm",
    mainFields: ["module", "main"],
    logLevel: "silent",
    external: ["@pulumi/*", "undici", "@pulumiverse/*", "@sst-provider/*", "@aws-sdk/*"].concat([
      "esbuild",
      "archiver",
      "glob",
      "vite",
    ]),
    nodePaths: [join(platform, "node_modules")],
    banner: { js: `${banner}\nglobalThis.$app = ${JSON.stringify(app)};` },
    inject: [join(source, "shim", "run.js")],
    define: { $app: "globalThis.$app", $cli: JSON.stringify(cli), $dev: JSON.stringify(dev) },
    plugins: [
      withGlobals(
        `import * as aws from "@pulumi/aws";import * as sst from ${module(join(source, "components"))};`,
      ),
    ],
    outfile,
    stdin: {
      contents: `import { runProgram } from ${module(fileURLToPath(new URL("sst-engine.ts", import.meta.url)))};
        import { run } from ${module(join(source, "auto", "run.ts"))};
        import config from ${module(config)};
        Object.assign($app, config.app({ stage: $app.stage }));
        await runProgram($app, $cli.paths, () => run(config.run));`,
      resolveDir: root,
      loader: "ts",
    },
  });
}

/** What SST writes above each of its bundles. */
export const banner = `import { createRequire as topLevelCreateRequire } from 'module';
const require = topLevelCreateRequire(import.meta.url);
import { fileURLToPath as topLevelFileUrlToPath, URL as topLevelURL } from "url"
const __filename = topLevelFileUrlToPath(import.meta.url)
const __dirname = topLevelFileUrlToPath(new topLevelURL(".", import.meta.url))`;

/** The globals aws and sst are imports that SST writes above every file of the project. */
const withGlobals = (imports: string): Plugin => ({
  name: "with-globals",
  setup({ onLoad }) {
    onLoad({ filter: /\.(js|ts)$/ }, async ({ path }) =>
      path.startsWith(platform)
        ? undefined
        : { contents: `${imports}\n${await readFile(path, "utf8")}`, loader: "ts" },
    );
  },
});

function run(program: string, env: Readonly<Record<string, string>>): Promise<EvaluatedStack> {
  return new Promise((resolve, reject) => {
    const child = fork(program, [], { env, execArgv: ["--no-warnings"], silent: true });
    const output: Buffer[] = [];
    let stack: EvaluatedStack;
    child.stdout?.on("data", (chunk: Buffer) => output.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => output.push(chunk));
    child.on("message", (message) => (stack = message as unknown as EvaluatedStack));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) return resolve(stack);
      reject(new Error(`The SST program failed.\n${Buffer.concat(output).toString()}`));
    });
  });
}
