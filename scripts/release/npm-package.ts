import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

/** The package `dapanoskop`: its version, and its files by their names in the archive that npm takes. */
export interface NpmPackage {
  readonly version: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** Builds the package of the command line. @throws Error where the build fails */
export function builtNpmPackage(root: string): NpmPackage {
  const folder = mkdtempSync(join(tmpdir(), "dapanoskop-package-"));
  try {
    execFileSync(process.execPath, [join(root, "scripts/release/build-package.mjs"), folder], {
      cwd: root,
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, NODE_ENV: "production" },
    });
    const names = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
    const files = new Map(
      names.map((name) => [`package/${name.replaceAll("\\", "/")}`, readFileSync(join(folder, name))]),
    );
    const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
    return { version, files };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
