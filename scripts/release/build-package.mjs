// Builds the package `dapanoskop`, as `npm pack` and `npm publish` take it: plain JavaScript, the page, and the files that both
// read. The same sources give the same bytes.
//   node scripts/release/build-package.mjs [FOLDER]     FOLDER: packages/cli/dist/package, by default
import { copyFileSync, cpSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { buildMonthFileWhenNeeded, buildPageWhenNeeded } from "../build-page.mjs";
import { packagesOf, thirdPartyLicenses } from "./third-party-licenses.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const build = join(root, "packages/cli/build");
const [folder = join(root, "packages/cli/dist/package")] = process.argv.slice(2);
const out = resolve(folder);

/** Packages that `npm install` brings. DuckDB is native code for one system; it is loaded for bills in files alone. */
const INSTALLED = ["@duckdb/node-api"];

/** The files of packages that the bundle reads, as its package.json names them or, without a name, finds them beside itself. */
const WASM = [
  { of: "local", file: "parquet-wasm/esm/parquet_wasm_bg.wasm", as: "parquet.wasm", name: "#parquet.wasm" },
  {
    of: "scan",
    file: "@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm",
    as: "terraform-grammar.wasm",
    name: "#terraform-grammar.wasm",
  },
  { of: "scan", file: "web-tree-sitter/web-tree-sitter.wasm", as: "web-tree-sitter.wasm", name: null },
];

if (!buildPageWhenNeeded() || !buildMonthFileWhenNeeded()) process.exit(1);
rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, "dist"), { recursive: true });
const bundled = await bundle();
cpSync(join(root, "packages/web/dist"), join(out, "dist/page"), { recursive: true });
cpSync(join(root, "packages/web/month-file/dist"), join(out, "dist/month-file"), { recursive: true });
const wasm = WASM.map(({ of, file, as }) => {
  const installed = createRequire(join(root, "packages", of, "package.json")).resolve(file);
  copyFileSync(installed, join(out, "dist", as));
  return installed;
});
writeFileSync(
  join(out, "THIRD-PARTY-LICENSES.txt"),
  thirdPartyLicenses(
    "The command line contains code of these packages, and the page is built of some of them.",
    [...bundled, ...wasm, ...packagesOf(root, ["web"])],
  ),
);
writeFileSync(join(out, "package.json"), `${JSON.stringify(manifest(), null, 2)}\n`);
copyFileSync(join(root, "LICENSE"), join(out, "LICENSE"));
copyFileSync(join(build, "README.md"), join(out, "README.md"));

/** Bundles the program, one file for each command's own code. @returns the bundled files of other packages */
async function bundle() {
  const { metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: { dapanoskop: join(build, "entry.ts") },
    outdir: join(out, "dist"),
    bundle: true,
    splitting: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    // The packages' ES modules, not their CommonJS: esbuild then leaves out what is not used.
    mainFields: ["module", "main"],
    minifySyntax: true,
    minifyWhitespace: true,
    // Names are kept, so that a stack trace can be read.
    minifyIdentifiers: false,
    legalComments: "none",
    external: INSTALLED,
    // CommonJS packages require Node's modules.
    banner: {
      js: '#!/usr/bin/env node\nimport{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
    },
    metafile: true,
    plugins: [builtFiles()],
    logLevel: "warning",
  });
  return Object.keys(metafile.inputs)
    .filter((path) => path.includes("node_modules/"))
    .map((path) => realpathSync(join(root, path)));
}

/** The published package's places instead of the checkout's. */
function builtFiles() {
  return {
    name: "built-files",
    setup({ onResolve }) {
      onResolve({ filter: /\/built-files\.ts$/ }, () => ({ path: join(build, "built-files.ts") }));
    },
  };
}

function manifest() {
  const { version, description, license, engines } = packageJson(join(root, "packages/cli"));
  const { dependencies } = packageJson(join(root, "packages/local"));
  return {
    name: "dapanoskop",
    version,
    description,
    license,
    type: "module",
    engines,
    bin: { dapanoskop: "dist/dapanoskop.js" },
    imports: Object.fromEntries(
      WASM.filter(({ name }) => name !== null).map(({ name, as }) => [name, `./dist/${as}`]),
    ),
    dependencies: Object.fromEntries(INSTALLED.map((name) => [name, dependencies[name]])),
  };
}

function packageJson(directory) {
  return JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
}
