import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, type Plugin } from "esbuild";

/** The result of a config's `app()`, and the stage that it was called for. */
export interface SstApp {
  readonly name: string;
  readonly stage: string;
  readonly home: string;
  readonly removal?: string;
  readonly protect?: boolean;
  readonly providers?: Readonly<Record<string, string | Readonly<Record<string, unknown>>>>;
}

/** Absolute paths of an evaluation. */
export interface Paths {
  readonly config: string;
  readonly root: string;
  readonly platform: string;
  /** The folder of the bundles, below the platform's packages. */
  readonly programs: string;
  /** SST's own folder, with the functions' zips. */
  readonly work: string;
}

// SST's command line evaluates a config twice: first a program that prints the result of `app()`, then the program that
// Pulumi runs.

/** Bundles the program that prints the result of `app()`; the bundle's path. */
export function bundleApp(paths: Paths, stage: string): Promise<string> {
  return bundle(paths, "app.mjs", {
    banner: { js: `${banner}\nfunction $config(input) { return input }` },
    plugins: [withoutImports(paths.config)],
    stdin: {
      contents: `import mod from ${JSON.stringify(paths.config)};
        console.log(JSON.stringify(await mod.app({ stage: ${JSON.stringify(stage)} })));`,
    },
  });
}

/** Bundles the program that Pulumi runs; the bundle's path. */
export function bundleProgram(paths: Paths, app: SstApp, dev: boolean): Promise<string> {
  const { config, root, platform, work } = paths;
  const components = JSON.stringify(join(platform, "src", "components"));
  const cli = {
    command: "deploy",
    dev,
    paths: { home: join(work, "home"), root, work, platform },
    state: { version: {} },
  };
  return bundle(paths, "run.mjs", {
    banner: { js: banner },
    inject: [join(platform, "src", "shim", "run.js")],
    define: {
      $app: JSON.stringify({ removal: "retain", protect: false, ...app }),
      $cli: JSON.stringify(cli),
      $dev: JSON.stringify(dev),
    },
    plugins: [
      withGlobals(platform, `import * as aws from "@pulumi/aws";import * as sst from ${components};`),
    ],
    stdin: {
      contents: `import { run } from ${JSON.stringify(join(platform, "src", "auto", "run.ts"))};
      import mod from ${JSON.stringify(config)};
      export default await run(mod.run);`,
    },
  });
}

/** Bundles the engine that replaces Pulumi's; the bundle's path. */
export const bundleEngine = (paths: Paths): Promise<string> =>
  bundle(paths, "engine.mjs", { entryPoints: [fileURLToPath(new URL("mocked-engine.ts", import.meta.url))] });

async function bundle(
  { root, platform, programs }: Paths,
  name: string,
  options: BuildOptions,
): Promise<string> {
  const outfile = join(programs, name);
  const { stdin, ...others } = options;
  await build({
    bundle: true,
    platform: "node",
    format: "esm",
    mainFields: ["module", "main"],
    sourcemap: "linked",
    logLevel: "silent",
    external: [
      "@pulumi/*",
      "undici",
      "@pulumiverse/*",
      "@sst-provider/*",
      "@aws-sdk/*",
      "esbuild",
      "archiver",
      "glob",
      "vite",
    ],
    nodePaths: [join(platform, "node_modules")],
    outfile,
    ...others,
    ...(stdin === undefined
      ? {}
      : { stdin: { ...stdin, resolveDir: root, sourcefile: "eval.ts", loader: "ts" } }),
  });
  return outfile;
}

/** What SST writes above each of its bundles. */
export const banner = `import { createRequire as topLevelCreateRequire } from 'module';
const require = topLevelCreateRequire(import.meta.url);
import { fileURLToPath as topLevelFileUrlToPath, URL as topLevelURL } from "url"
const __filename = topLevelFileUrlToPath(import.meta.url)
const __dirname = topLevelFileUrlToPath(new topLevelURL(".", import.meta.url))`;

// SST refuses a config with imports at its top level: `app()` runs before the providers are installed.
function withoutImports(config: string): Plugin {
  return {
    name: "without-imports",
    setup({ onResolve }) {
      onResolve({ filter: /.*/ }, ({ importer, kind }) =>
        basename(importer) === basename(config) && kind === "import-statement"
          ? { errors: [{ text: "An SST config must not import at its top level; import inside run()." }] }
          : undefined,
      );
    },
  };
}

// The globals aws and sst are imports that SST writes above every file of the project.
function withGlobals(platform: string, imports: string): Plugin {
  return {
    name: "with-globals",
    setup({ onLoad }) {
      onLoad({ filter: /\.(js|ts|jsx|tsx)$/ }, async ({ path }) =>
        path.startsWith(platform)
          ? undefined
          : { contents: `${imports}\n${await readFile(path, "utf8")}`, loader: "default" },
      );
    },
  };
}
