import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { infra } from "../../../infra/index.ts";
import { moduleFiles } from "./module/module-files.ts";
import { priceSection } from "./module/price-section.ts";
import { releaseFunctions, releasePage } from "./module/releases.ts";
import { record } from "./platform.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The functions that the module deploys. */
const FUNCTIONS = ["collect", "session"] as const;

/** Writes the module's generated files to a folder; what is written by hand there stays. */
export function writeModule(folder: string): void {
  const { recording, files } = record(infra);
  const shipped = { pipeline: versionOf("functions"), page: versionOf("web") };
  for (const [name, text] of moduleFiles(recording, shipped, priceSection(recording))) {
    write(join(folder, name), text);
  }
  for (const path of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, "infra", path), join(folder, path));
  }
}

/** Builds page and functions, and writes them to a folder as the releases that the module ships. */
export function writeReleases(folder: string): void {
  const built = mkdtempSync(join(tmpdir(), "dapanoskop-export-"));
  const node = (script: string, args: readonly string[], cwd: string) =>
    execFileSync(process.execPath, [script, ...args], {
      cwd,
      stdio: ["ignore", "ignore", "inherit"],
      // A test's own setting would make it the development build.
      env: { ...process.env, NODE_ENV: "production" },
    });
  try {
    const page = join(built, "page");
    const vite = join(root, "node_modules/vite/bin/vite.js");
    node(
      vite,
      ["build", "--outDir", page, "--emptyOutDir", "--logLevel", "warn"],
      join(root, "packages/web"),
    );
    releasePage({ version: versionOf("web"), folder: page }, folder);
    node(join(root, "packages/functions/build.mjs"), [join(built, "functions")], root);
    releaseFunctions(
      { version: versionOf("functions"), folder: join(built, "functions") },
      FUNCTIONS,
      folder,
    );
  } finally {
    rmSync(built, { recursive: true, force: true });
  }
}

function versionOf(name: string): string {
  const { version } = JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8")) as {
    version: string;
  };
  return version;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder = join(root, "terraform-export")] = process.argv.slice(2);
  writeModule(folder);
  writeReleases(join(folder, "artifacts"));
}
