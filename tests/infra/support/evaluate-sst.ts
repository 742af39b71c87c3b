import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { MockedJob, MockedResult, RegisteredResource } from "./mocked-engine.ts";
import { bundleApp, bundleEngine, bundleProgram, type Paths, type SstApp } from "./sst-bundle.ts";
import { type FunctionBuild, startSstServer } from "./sst-server.ts";

const checkout = fileURLToPath(new URL("../../..", import.meta.url));

export interface EvaluateOptions {
  /** The absolute path of an sst.config.ts, this project's by default. Its folder is the project's root. */
  readonly config?: string;
  readonly stage: string;
  /** Whether `$dev` is true, as in `sst dev`; false by default. */
  readonly dev?: boolean;
  /** The program's `process.env`, beside PATH and HOME. */
  readonly environment?: SstEnvironment;
}

/** The resources that an SST program registers with a mocked Pulumi engine. */
export interface EvaluatedStack extends MockedResult {
  readonly app: SstApp;
  /** The functions that SST bundles, or watches in dev mode, by name. */
  readonly functions: Readonly<Record<string, FunctionBuild>>;
}

type SstEnvironment = Readonly<Record<string, string>>;

/**
 * Evaluates an sst.config.ts as `sst deploy` would, without AWS: SST's own components run in a process of their own, with
 * an engine in memory. Needs .sst/platform (`npm run sst -- install`). Sends nothing to the network; the same program gives
 * the same result. Paths in it begin with {root}, {platform} or {work}.
 * @throws Error with the program's output, when it fails
 */
export function evaluateSst(options: EvaluateOptions): Promise<EvaluatedStack> {
  const { stage, dev = false } = options;
  return withFolders(options, async (paths, environment) => {
    const server = await startSstServer(paths);
    try {
      const app = await appOf(paths, stage, environment);
      const job: MockedJob = {
        program: await bundleProgram(paths, app, dev),
        platform: paths.platform,
        region: REGION,
        app,
        result: join(paths.work, "result.json"),
      };
      const jobFile = join(paths.work, "job.json");
      await writeFile(jobFile, JSON.stringify(job));
      await run(await bundleEngine(paths), [jobFile], { ...environment, SST_SERVER: server.url });
      const result = JSON.parse(await readFile(job.result, "utf8")) as MockedResult;
      return { app, ...withoutPaths({ ...result, functions: server.functions() }, paths) };
    } finally {
      await server.close();
    }
  });
}

/** The result of a config's `app()` for a stage, without its `run()`. @throws Error with the config's output */
export const evaluateApp = (options: EvaluateOptions): Promise<SstApp> =>
  withFolders(options, (paths, environment) => appOf(paths, options.stage, environment));

async function appOf(paths: Paths, stage: string, environment: SstEnvironment): Promise<SstApp> {
  const output = await run(await bundleApp(paths, stage), [], environment);
  return { ...(JSON.parse(output.trimEnd().split("\n").at(-1) ?? "") as SstApp), stage };
}

const REGION = "eu-central-1";

/** Creates the folders that an evaluation writes to, and removes them. */
async function withFolders<T>(
  { config = join(checkout, "sst.config.ts"), environment = {} }: EvaluateOptions,
  use: (paths: Paths, environment: SstEnvironment) => Promise<T>,
): Promise<T> {
  const platform = join(checkout, ".sst", "platform");
  await mkdir(join(checkout, ".sst", "evaluations"), { recursive: true });
  const work = await mkdtemp(join(checkout, ".sst", "evaluations", "run-"));
  // Node looks for Pulumi's packages from the folder of a file upwards.
  const programs = join(platform, "node_modules", ".evaluations", basename(work));
  const { PATH = "", HOME = "" } = process.env;
  try {
    return await use(
      { config, root: dirname(config), platform, programs, work },
      { PATH, HOME, TZ: "UTC", ...environment, SST_AWS_REGION: REGION },
    );
  } finally {
    await rm(programs, { recursive: true, force: true });
    await rm(work, { recursive: true, force: true });
  }
}

/** The one resource of a type and a name. @throws Error when there is none, or more than one */
export function resourceOf({ resources }: EvaluatedStack, type: string, name: string): RegisteredResource {
  const ofType = resources.filter((one) => one.type === type);
  const [found, ...others] = ofType.filter((one) => one.name === name);
  if (found !== undefined && others.length === 0) return found;
  const names = ofType.map((one) => one.name).join(", ");
  throw new Error(`There is not exactly one ${type} named ${name}; of this type there are: ${names}`);
}

function run(script: string, args: readonly string[], env: SstEnvironment): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--enable-source-maps", "--no-warnings", script, ...args], {
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const out: Buffer[] = [];
    const error: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => error.push(chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) return resolve(Buffer.concat(out).toString());
      reject(new Error(`The SST program failed.\n${Buffer.concat([...out, ...error]).toString()}`));
    });
  });
}

/** Replaces the longest path first: the others may be parts of it. */
function withoutPaths<T>(value: T, { work, platform, root }: Paths): T {
  const names = Object.entries({ "{work}": work, "{platform}": platform, "{root}": root });
  const json = names.reduce(
    (text, [name, path]) => text.replaceAll(JSON.stringify(path).slice(1, -1), name),
    JSON.stringify(value),
  );
  return JSON.parse(json) as T;
}
