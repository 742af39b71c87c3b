import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { installWhenNeeded } from "../dependencies.mjs";

/**
 * The packages that the workspaces use outside of tests, with versions and licenses, as CycloneDX 1.6 in JSON. The tool checks the
 * text against CycloneDX's schema. The same lock file and the same npm give the same text.
 * @param root the checkout
 * @throws Error where the tool cannot be installed, or the text does not follow the schema
 */
export function packagesAsCycloneDx(root: string): string {
  const folder = join(root, "scripts/release");
  // Its optional XML library would be compiled by an install script. JSON needs none.
  installWhenNeeded(folder, ["--ignore-scripts"]);
  const tool = join(folder, "node_modules/@cyclonedx/cyclonedx-npm");
  const { bin } = JSON.parse(readFileSync(join(tool, "package.json"), "utf8")) as {
    readonly bin: { readonly "cyclonedx-npm": string };
  };
  return execFileSync(
    process.execPath,
    [
      join(tool, bin["cyclonedx-npm"]),
      ...["--package-lock-only", "--omit", "dev", "--spec-version", "1.6", "--output-format", "JSON"],
      ...["--output-reproducible", "--validate", "--output-file", "-"],
    ],
    { cwd: root, encoding: "utf8", maxBuffer: 100_000_000, stdio: ["ignore", "pipe", "inherit"] },
  );
}
