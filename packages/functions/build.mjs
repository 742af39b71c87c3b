// Bundles the Lambda functions, each into a folder that is zipped unchanged: one ESM file and the files that it reads from
// the same folder. The AWS SDK is bundled, so its version is the lock file's and not the runtime's. The same sources give
// the same bytes.
//   node build.mjs [FOLDER]       FOLDER: dist beside this file, by default
//   node build.mjs --source-map   also writes FOLDER/{function}.mjs.map, which is not part of the function
// FOLDER/{function}.meta.json lists what the bundle contains, for esbuild's analyzer.
import { copyFile, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const sourceMap = process.argv.includes("--source-map");
const [folder = join(here, "dist")] = process.argv.slice(2).filter((word) => !word.startsWith("--"));

/** The files of packages that a function reads from its folder. SST copies the same ones. */
const filesBeside = JSON.parse(await readFile(join(here, "files-beside.json"), "utf8"));

for (const name of ["collect", "session", "report", "api", "mail-events"]) await bundle(name);

/** Its handler.ts exports `handler`. */
async function bundle(name) {
  const out = join(resolve(folder), name);
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: resolve(here, "../.."),
    entryPoints: [join(here, "src", name, "handler.ts")],
    outfile: join(out, "index.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
    // Lambda runs it on Node 22; the project supports Node 20.19 and newer.
    target: "node20.19",
    // The packages' ES modules, not their CommonJS: esbuild then leaves out what is not used.
    mainFields: ["module", "main"],
    minifySyntax: true,
    minifyWhitespace: true,
    // Names are kept, so that a stack trace in the log can be read; the zip is 3 % larger.
    minifyIdentifiers: false,
    legalComments: "eof",
    sourcemap: sourceMap ? "external" : false,
    metafile: true,
    plugins: [withoutOtherCredentials()],
    logLevel: "warning",
  });
  const { resolve: installed } = createRequire(import.meta.url);
  for (const file of filesBeside[name] ?? []) await copyFile(installed(file), join(out, basename(file)));
  await writeFile(`${out}.meta.json`, JSON.stringify(metafile));
  if (sourceMap) await rename(join(out, "index.mjs.map"), `${out}.mjs.map`);
}

/**
 * A Lambda's credentials are in its environment. The SDK's providers for profiles, single sign-on, processes and web
 * identities, which contain the clients of three more services, are replaced by one that throws an error after which the
 * SDK tries the next provider.
 */
function withoutOtherCredentials() {
  return {
    name: "without-other-credentials",
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^@aws-sdk\/credential-provider-(ini|process|sso|web-identity)$/ }, ({ path }) => ({
        path,
        namespace: "left-out",
      }));
      onLoad({ filter: /./, namespace: "left-out" }, ({ path }) => ({
        contents: `throw Object.assign(new Error("${path} is not part of this function."), { tryNextLink: true });`,
      }));
    },
  };
}
