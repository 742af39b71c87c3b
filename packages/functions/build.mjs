// Bundles the Lambda functions, each into a folder that is zipped as it stands: one ESM file and what it reads beside
// itself. The AWS SDK is inside, so its version is the lock file's and not the runtime's. The same sources give the same
// bytes.
//   node build.mjs [FOLDER]       FOLDER: dist beside this file, by default
//   node build.mjs --source-map   also writes FOLDER/{function}.mjs.map, which is not part of the function
// FOLDER/{function}.meta.json tells what the bundle is made of, for esbuild's analyzer.
import { copyFile, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const sourceMap = process.argv.includes("--source-map");
const [folder = join(here, "dist")] = process.argv.slice(2).filter((word) => !word.startsWith("--"));

/** Each exports `handler`. */
const functions = [
  { name: "collect", entry: "src/collect/handler.ts", beside: ["parquet-wasm/esm/parquet_wasm_bg.wasm"] },
  { name: "session", entry: "src/session/handler.ts", beside: [] },
  { name: "report", entry: "src/report/handler.ts", beside: [] },
  { name: "mail-events", entry: "src/mail-events/handler.ts", beside: [] },
];

for (const one of functions) await bundle(one);

async function bundle({ name, entry, beside }) {
  const out = join(resolve(folder), name);
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const { metafile } = await build({
    absWorkingDir: resolve(here, "../.."),
    entryPoints: [join(here, entry)],
    outfile: join(out, "index.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
    // Lambda runs it on Node 22; whoever tries it on a laptop may have 20.19.
    target: "node20.19",
    // The packages' ES modules, not their CommonJS: only what is used of them comes along.
    mainFields: ["module", "main"],
    minifySyntax: true,
    minifyWhitespace: true,
    // Names stay, so that a stack in the log can be read; it makes the zip 3 % larger.
    minifyIdentifiers: false,
    legalComments: "eof",
    sourcemap: sourceMap ? "external" : false,
    metafile: true,
    plugins: [withoutOtherCredentials()],
    logLevel: "warning",
  });
  const { resolve: installed } = createRequire(import.meta.url);
  for (const file of beside) await copyFile(installed(file), join(out, basename(file)));
  await writeFile(`${out}.meta.json`, JSON.stringify(metafile));
  if (sourceMap) await rename(join(out, "index.mjs.map"), `${out}.mjs.map`);
}

/**
 * A Lambda's keys stand in its environment. Profiles, single sign-on, processes and web identities bring clients of
 * three more services along; in their place stands what the SDK takes for "not this way, try the next".
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
