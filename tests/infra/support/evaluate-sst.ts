import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { EvaluatedResource, MockedJob, MockedResult } from "./mocked-engine.ts";
import { bundleConfig, bundleEngine, type Places, type SstApp } from "./sst-bundle.ts";
import { type FunctionBuild, startSstServer } from "./sst-server.ts";

export type { EvaluatedResource } from "./mocked-engine.ts";
export type { SstApp } from "./sst-bundle.ts";
export type { FunctionBuild } from "./sst-server.ts";

const house = fileURLToPath(new URL("../../..", import.meta.url));

export interface EvaluateOptions {
  /** An sst.config.ts, absolute. The house's own by default. Its folder is the project's root. */
  readonly config?: string;
  readonly stage: string;
  /** Whether `$dev` holds, as in `sst dev`; false by default. */
  readonly dev?: boolean;
  /** eu-central-1 by default. */
  readonly region?: string;
  /** What the program finds in `process.env`; nothing of ours comes along but PATH and HOME. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** What SST's program registered with a Pulumi engine that knows AWS by heart. */
export interface EvaluatedStack {
  /** What the config's `app()` returned, with the stage. */
  readonly app: SstApp;
  /** Components and resources, sorted by URN. Paths begin with {root}, {platform} or {work}. */
  readonly resources: readonly EvaluatedResource[];
  /** What the config's `run()` returned. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** What SST was asked to bundle, or in dev mode to watch, by the function's name. */
  readonly functions: Readonly<Record<string, FunctionBuild>>;
}

/**
 * Evaluates an sst.config.ts as `sst deploy` would, up to where AWS begins: SST's own components run in a process of
 * their own, and an engine in memory answers in Pulumi's place. Needs .sst/platform (`npm run sst -- install`).
 * Nothing leaves the machine; the same program gives the same answer.
 * @throws Error with what the program wrote, when it fails
 */
export async function evaluateSst(options: EvaluateOptions): Promise<EvaluatedStack> {
  const { dev = false, region = defaultRegion } = options;
  return inWorkshop(options, async (paths, environment) => {
    const server = await startSstServer(paths);
    try {
      const app = await askApp(paths, options.stage, environment);
      const job: MockedJob = {
        program: await bundleConfig({ ...paths, stage: options.stage, app, dev }),
        platform: paths.platform,
        region,
        app,
        result: join(paths.work, "result.json"),
      };
      const written = join(paths.work, "job.json");
      await writeFile(written, JSON.stringify(job));
      await run(await bundleEngine(paths), [written], { ...environment, SST_SERVER: server.url });
      const told = { ...(await readJson<MockedResult>(job.result)), functions: server.functions() };
      return { app, ...withoutPlaces(told, paths) };
    } finally {
      await server.close();
    }
  });
}

/** What a config's `app()` says of a stage; its `run()` is left alone. @throws Error with what the config wrote */
export function evaluateApp(options: EvaluateOptions): Promise<SstApp> {
  return inWorkshop(options, (paths, environment) => askApp(paths, options.stage, environment));
}

async function askApp(paths: Places, stage: string, environment: Environment): Promise<SstApp> {
  const written = await run(await bundleConfig({ ...paths, stage }), [], environment);
  return { ...(JSON.parse(written.trimEnd().split("\n").at(-1) ?? "") as SstApp), stage };
}

type Environment = Readonly<Record<string, string>>;

const defaultRegion = "eu-central-1";

/** Makes the folders that an evaluation writes to, and takes them away. */
async function inWorkshop<T>(
  { config = join(house, "sst.config.ts"), region = defaultRegion, environment = {} }: EvaluateOptions,
  use: (paths: Places, environment: Environment) => Promise<T>,
): Promise<T> {
  const platform = join(house, ".sst", "platform");
  await mkdir(join(house, ".sst", "evaluations"), { recursive: true });
  const work = await mkdtemp(join(house, ".sst", "evaluations", "run-"));
  // Node looks for Pulumi's packages from where a file is.
  const programs = join(platform, "node_modules", ".evaluations", basename(work));
  const { PATH = "", HOME = "" } = process.env;
  try {
    return await use(
      { config, root: dirname(config), platform, programs, work },
      { PATH, HOME, TZ: "UTC", ...environment, SST_AWS_REGION: region },
    );
  } finally {
    await rm(programs, { recursive: true, force: true });
    await rm(work, { recursive: true, force: true });
  }
}

/** The one resource of a type, or of a type and a name. @throws Error when there is none, or more than one */
export function resourceOf(stack: EvaluatedStack, type: string, name?: string): EvaluatedResource {
  const found = stack.resources.filter(
    (one) => one.type === type && (name === undefined || one.name === name),
  );
  const [first] = found;
  if (found.length === 1 && first !== undefined) return first;
  const all = stack.resources.filter((one) => one.type === type).map((one) => one.name);
  throw new Error(
    `${found.length} resources are ${type}${name === undefined ? "" : ` named ${name}`}; of this type: ${all.join(", ")}`,
  );
}

function run(script: string, args: readonly string[], env: Environment): Promise<string> {
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

const readJson = async <T>(file: string): Promise<T> => JSON.parse(await readFile(file, "utf8")) as T;

/** The longest path first: the others may be parts of it. */
function withoutPlaces<T>(value: T, { work, platform, root }: Places): T {
  const places = { [work]: "{work}", [platform]: "{platform}", [root]: "{root}" };
  const json = Object.entries(places).reduce(
    (text, [place, name]) => text.replaceAll(JSON.stringify(place).slice(1, -1), name),
    JSON.stringify(value),
  );
  return JSON.parse(json) as T;
}
