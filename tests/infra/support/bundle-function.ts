import { join } from "node:path";
import { build } from "esbuild";
import { banner } from "./sst-bundle.ts";
import type { FunctionBuild } from "./sst-server.ts";

/**
 * Bundles a function as SST 4.17 does (pkg/runtime/node/build.go), into `out`/bundle.mjs; without a source map.
 * @param entry the handler's file
 */
export async function bundleFunction(
  entry: string,
  out: string,
  { runtime, properties }: Pick<FunctionBuild, "runtime" | "properties">,
): Promise<void> {
  const { esbuild = {}, minify = false } = properties as {
    esbuild?: { target?: string; mainFields?: string[]; external?: string[]; keepNames?: boolean };
    minify?: boolean;
  };
  await build({
    entryPoints: [entry],
    outfile: join(out, "bundle.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
    target: esbuild.target ?? targets[runtime] ?? "es2023",
    mainFields: esbuild.mainFields ?? ["module", "main"],
    keepNames: esbuild.keepNames ?? true,
    external: ["sharp", "pg-native", ...(esbuild.external ?? [])],
    minify,
    banner: { js: banner },
    logLevel: "silent",
  });
}

const targets: Readonly<Record<string, string>> = {
  "nodejs24.x": "es2024",
  "nodejs22.x": "es2023",
  "nodejs20.x": "es2023",
};
