import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { infra } from "../../../infra/index.ts";
import { childModuleFiles, moduleFiles } from "./module/module-files.ts";
import { priceSection } from "./module/price-section.ts";
import { releaseFunctions, releasePage } from "./module/releases.ts";
import { synthesize } from "./platform.ts";

/** The checkout, with a slash at its end. */
export const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The module as it is committed. */
export const committedModule = join(root, "terraform-export");

/** The functions that the module deploys. */
export const FUNCTIONS = ["collect", "session", "report", "mail-events", "api"] as const;

/** Versions of the module, its functions and its page: those of the packages. */
export const versions = () => ({
  module: versionOf("terraform"),
  pipeline: versionOf("functions"),
  page: versionOf("web"),
});

/** Writes the module's generated text files to a folder. Files in the folder that are not generated stay. */
export function writeModule(folder: string): void {
  const synthesis = synthesize(infra);
  for (const [name, text] of moduleFiles(synthesis, versions(), priceSection(synthesis))) {
    write(join(folder, name), text);
  }
  for (const path of synthesis.files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, "infra", path), join(folder, path));
  }
}

/** Writes the form of the module without providers to `{module}/child`, which is generated where the artifacts are built. */
function writeChildModule(module: string): void {
  for (const [name, text] of childModuleFiles(synthesize(infra), versions())) {
    write(join(module, "child", name), text);
  }
}

/**
 * Builds page and functions, and writes them to `{module}/artifacts` and their manifests to `{module}/manifests`, in place
 * of any that are there, and `{module}/child`: what a release has beside the committed files.
 * @param builtPage a folder with the page that these sources build; without it the page is built here
 */
export function writeArtifacts(module: string, builtPage?: string): void {
  const built = mkdtempSync(join(tmpdir(), "dapanoskop-export-"));
  const node = (script: string, args: readonly string[], cwd: string) =>
    execFileSync(process.execPath, [script, ...args], {
      cwd,
      stdio: ["ignore", "ignore", "inherit"],
      // Tests set it to another value, and Solid would come as its development build.
      env: { ...process.env, NODE_ENV: "production" },
    });
  const { page, pipeline } = versions();
  const artifacts = join(module, "artifacts");
  try {
    if (builtPage === undefined) {
      const vite = join(root, "node_modules/vite/bin/vite.js");
      const args = ["build", "--outDir", join(built, "page"), "--emptyOutDir", "--logLevel", "error"];
      node(vite, args, join(root, "packages/web"));
    }
    releasePage({ version: page, folder: builtPage ?? join(built, "page") }, artifacts);
    node(join(root, "packages/functions/build.mjs"), [join(built, "functions")], root);
    releaseFunctions({ version: pipeline, folder: join(built, "functions") }, FUNCTIONS, artifacts);
  } finally {
    rmSync(built, { recursive: true, force: true });
  }
  writeChildModule(module);
  rmSync(join(module, "manifests"), { recursive: true, force: true });
  for (const release of [`page/${page}`, `pipeline/${pipeline}`]) {
    write(
      join(module, "manifests", `${release}.json`),
      readFileSync(join(artifacts, release, "manifest.json")),
    );
  }
}

function versionOf(name: string): string {
  const { version } = JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8")) as {
    version: string;
  };
  return version;
}

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder = committedModule] = process.argv.slice(2);
  writeModule(folder);
  writeArtifacts(folder);
}
