import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { copyFile, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { variableOf } from "../../infra/read-inputs.ts";
import { buildBundles } from "../../packages/functions/src/testing/build-bundle.ts";
import { buildPageWhenNeeded } from "../../scripts/build-page.mjs";
import { banner, evaluateSst, resourceOf } from "./support/evaluate-sst.ts";
import type { EvaluatedStack } from "./support/sst-stack.ts";
import { least } from "./support/the-system.ts";

// Parts of SST's rendering that the module does not have; parity.test.ts compares the rest.

const environment = Object.fromEntries(
  Object.entries(least).map(([name, value]) => [variableOf(name), value]),
);
const FUNCTION = "aws:lambda/function:Function";

beforeAll(() => {
  if (!buildPageWhenNeeded()) throw new Error("The page could not be built. Run npm run build to see why.");
});

describe("the app of sst.config.ts", () => {
  it("imports nothing at its top level: SST refuses that", () => {
    const config = readFileSync(new URL("../../sst.config.ts", import.meta.url), "utf8");
    expect(config).not.toMatch(/^import\b/m);
  });

  it("retains production, removes any other stage, and tags every resource", async () => {
    vi.stubGlobal("$config", (config: unknown) => config);
    const { default: config } = await import("../../sst.config.ts");
    const production = await config.app({ stage: "production" });
    const staging = await config.app({ stage: "ada" });
    expect(production).toMatchObject({ name: "dapanoskop", home: "aws", removal: "retain", protect: true });
    expect(staging).toMatchObject({ name: "dapanoskop", home: "aws", removal: "remove", protect: false });
    const tags = { Project: "Dapanoskop", Environment: "ada", ManagedBy: "SST", CostCenter: "dapanoskop" };
    expect(staging.providers?.aws).toMatchObject({ defaultTags: { tags } });
  });
});

describe("sst deploy", () => {
  let stack: EvaluatedStack;
  beforeAll(async () => {
    stack = await evaluateSst({
      stage: "production",
      environment: { ...environment, [variableOf("api_enabled")]: "true" },
    });
  });

  it("deploys the bundle of each function, with the files that build.mjs puts beside it", async () => {
    const { folder, remove } = await buildBundles();
    onTestFinished(remove);
    for (const name of ["Collect", "Session", "Api"]) {
      expect(resourceOf(stack, FUNCTION, `${name}Function`).inputs).toMatchObject({
        handler: "bundle.handler",
        runtime: "nodejs22.x",
      });
      const { inputs } = resourceOf(stack, "aws:s3/bucketObjectv2:BucketObjectv2", `${name}Code`);
      expect(inputs.bucket).toBe("sst-asset");
      expect(stack.functions[name]).toMatchObject({
        handler: `packages/functions/src/${name.toLowerCase()}/handler.handler`,
        dev: false,
      });
      const copied = stack.functions[name]?.copyFiles ?? [];
      const built = await readdir(join(folder, name.toLowerCase()));
      expect(["index.mjs", ...copied.map(({ to }) => to)].sort()).toEqual(built.sort());
      for (const { from, to } of copied) {
        const beside = await readFile(join(folder, name.toLowerCase(), to));
        expect(beside.equals(await readFile(from)), from).toBe(true);
      }
    }
  });

  it("uploads the page's files: assets may be cached for a year, the page itself may not", async () => {
    const upload = resourceOf(stack, "pulumi-nodejs:dynamic:Resource", "PageAssetFiles.sst.aws.BucketFiles");
    const { bucketName, files } = upload.inputs as {
      bucketName: string;
      files: { key: string; cacheControl: string }[];
    };
    expect(bucketName).toBe(resourceOf(stack, "aws:s3/bucket:Bucket", "AppBucketBucket").inputs.bucket);
    const dist = fileURLToPath(new URL("../../packages/web/dist/", import.meta.url));
    const built = (await readdir(dist, { recursive: true, withFileTypes: true })).filter((one) =>
      one.isFile(),
    );
    expect(files).toHaveLength(built.length);
    for (const { key, cacheControl } of files) {
      expect([key, cacheControl.includes("immutable")]).toEqual([key, key.startsWith("assets/")]);
    }
  });

  it("keeps the buckets of production when the stage is removed, and gives them no CORS", () => {
    for (const name of ["DataBucketBucket", "AppBucketBucket"]) {
      const { retainOnDelete, inputs } = resourceOf(stack, "aws:s3/bucket:Bucket", name);
      expect([retainOnDelete, inputs.forceDestroy]).toEqual([true, false]);
    }
    expect(stack.resources.filter(({ type }) => type.includes("Cors"))).toEqual([]);
  });
});

describe("sst dev", () => {
  let stack: EvaluatedStack;
  beforeAll(async () => {
    stack = await evaluateSst({ stage: "ada", dev: true, environment });
  });

  it("deploys a bridge to the developer's machine for each function, and watches its sources", () => {
    for (const name of ["Collect", "Session"]) {
      expect(resourceOf(stack, FUNCTION, `${name}Function`).inputs).toMatchObject({
        handler: "bootstrap",
        runtime: "provided.al2023",
      });
      expect(stack.functions[name]).toMatchObject({ dev: true });
    }
  });

  it("lets the bridges exchange events through AppSync, and allows nothing else", () => {
    for (const name of ["collect", "session"]) {
      const { policy } = resourceOf(stack, "aws:iam/rolePolicy:RolePolicy", `${name}-live`).inputs;
      const actions = JSON.parse(String(policy)).Statement.flatMap(
        ({ Action }: { Action: string[] }) => Action,
      );
      expect(actions).toEqual(["appsync:EventConnect", "appsync:EventPublish", "appsync:EventSubscribe"]);
    }
    for (const { inputs } of stack.resources.filter(({ type }) => type === "aws:iam/role:Role")) {
      expect(inputs.inlinePolicies ?? []).toEqual([]);
    }
  });

  it("deploys the page, since people sign in at the distribution", () => {
    resourceOf(stack, "aws:cloudfront/distribution:Distribution", "PageCdnDistribution");
  });
});

describe("a function as SST bundles it", () => {
  const wasm = createRequire(import.meta.url).resolve("parquet-wasm/esm/parquet_wasm_bg.wasm");

  /** The API does not start without these. */
  const API_ENVIRONMENT = {
    DATA_BUCKET: "data",
    PLANS_BUCKET: "plans",
    STATE_TABLE: "state",
    SETTINGS_PARAMETER: "/dapanoskop/session",
  };

  const typeOfHandler = async (folder: string, environment: Readonly<Record<string, string>> = {}) => {
    const bundle = JSON.stringify(pathToFileURL(join(folder, "bundle.mjs")).href);
    const code = `console.log(typeof (await import(${bundle})).handler);`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", code], {
      env: { ...process.env, ...environment },
    });
    return stdout.trim();
  };

  it("runs: each by itself, the collector with the parquet reader beside it", async () => {
    const collect = await bundled("collect");
    for (const name of ["session", "report", "mail-events"]) {
      expect(await typeOfHandler(await bundled(name)), name).toBe("function");
    }
    await expect(typeOfHandler(collect)).rejects.toThrow("parquet_wasm_bg.wasm");
    await copyFile(wasm, join(collect, "parquet_wasm_bg.wasm"));
    expect(await typeOfHandler(collect)).toBe("function");
    expect(await typeOfHandler(await bundled("api"), API_ENVIRONMENT)).toBe("function");
  });
});

/** Bundles a function as SST 4.17 does (pkg/runtime/node/build.go). @returns the folder of its bundle.mjs */
async function bundled(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "dapanoskop-sst-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await build({
    entryPoints: [fileURLToPath(new URL(`../../packages/functions/src/${name}/handler.ts`, import.meta.url))],
    outfile: join(folder, "bundle.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
    target: "es2023",
    mainFields: ["module", "main"],
    keepNames: true,
    external: ["sharp", "pg-native"],
    banner: { js: banner },
    logLevel: "silent",
  });
  return folder;
}
