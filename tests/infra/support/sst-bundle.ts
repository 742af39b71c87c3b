import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, type Plugin } from "esbuild";

/** What a config's `app()` returns, and the stage that it was asked for. */
export interface SstApp {
  readonly name: string;
  readonly stage: string;
  readonly home: string;
  readonly removal?: string;
  readonly protect?: boolean;
  readonly providers?: Readonly<Record<string, string | Readonly<Record<string, unknown>>>>;
}

/** Absolute paths of an evaluation. */
export interface Places {
  readonly config: string;
  readonly root: string;
  readonly platform: string;
  /** Where the bundles go: below the platform's packages. */
  readonly programs: string;
  /** SST's own folder, with the functions' zips. */
  readonly work: string;
}

/**
 * Bundles a config as SST's command line does, and returns the bundle's path. SST evaluates a config twice: without
 * `app`, a program that prints what `app()` returns; with it, the program that Pulumi runs.
 */
export async function bundleConfig(
  task: Places & { readonly stage: string; readonly app?: SstApp; readonly dev?: boolean },
): Promise<string> {
  const { config, root, platform, programs, stage, app } = task;
  const outfile = join(programs, app === undefined ? "app.mjs" : "run.mjs");
  const shared = { ...common, nodePaths: [join(platform, "node_modules")], outfile };
  const stdin = (contents: string) => ({
    contents,
    resolveDir: root,
    sourcefile: "eval.ts",
    loader: "ts" as const,
  });
  if (app === undefined) {
    await build({
      ...shared,
      banner: { js: `${banner}\nfunction $config(input) { return input }` },
      plugins: [withoutImports(config)],
      stdin: stdin(`import mod from ${JSON.stringify(config)};
        console.log(JSON.stringify(await mod.app({ stage: ${JSON.stringify(stage)} })));`),
    });
    return outfile;
  }
  const components = JSON.stringify(join(platform, "src", "components"));
  await build({
    ...shared,
    banner: { js: banner },
    inject: [join(platform, "src", "shim", "run.js")],
    define: {
      $app: JSON.stringify({ removal: "retain", protect: false, ...app }),
      $cli: JSON.stringify({
        command: "deploy",
        dev: task.dev ?? false,
        paths: { home: join(task.work, "home"), root, work: task.work, platform },
        state: { version: {} },
      }),
      $dev: JSON.stringify(task.dev ?? false),
    },
    plugins: [
      withGlobals(platform, `import * as aws from "@pulumi/aws";import * as sst from ${components};`),
    ],
    stdin: stdin(`import { run } from ${JSON.stringify(join(platform, "src", "auto", "run.ts"))};
      import mod from ${JSON.stringify(config)};
      export default await run(mod.run);`),
  });
  return outfile;
}

/** Bundles the engine that answers in Pulumi's place, and returns the bundle's path. */
export async function bundleEngine({ programs }: Pick<Places, "programs">): Promise<string> {
  const outfile = join(programs, "engine.mjs");
  const entry = fileURLToPath(new URL("mocked-engine.ts", import.meta.url));
  await build({ ...common, entryPoints: [entry], outfile });
  return outfile;
}

const common = {
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
} as const satisfies BuildOptions;

const banner = `import { createRequire as topLevelCreateRequire } from "module";
const require = topLevelCreateRequire(import.meta.url);
import { fileURLToPath as topLevelFileUrlToPath, URL as topLevelURL } from "url";
const __filename = topLevelFileUrlToPath(import.meta.url);
const __dirname = topLevelFileUrlToPath(new topLevelURL(".", import.meta.url));`;

// SST refuses a config that imports at its top level: `app()` must run before the providers are there.
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
