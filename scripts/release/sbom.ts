import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { installWhenNeeded } from "../dependencies.mjs";

interface Component {
  readonly "bom-ref": string;
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
}

/** The parts of a CycloneDX document that are read here. */
interface CycloneDx {
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

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
  const written = execFileSync(
    process.execPath,
    [
      join(tool, bin["cyclonedx-npm"]),
      ...["--package-lock-only", "--omit", "dev", "--spec-version", "1.6", "--output-format", "JSON"],
      ...["--output-reproducible", "--validate", "--output-file", "-"],
    ],
    { cwd: root, encoding: "utf8", maxBuffer: 100_000_000, stdio: ["ignore", "pipe", "inherit"] },
  );
  return `${JSON.stringify(withoutDevelopment(JSON.parse(written)), null, 2)}\n`;
}

/** Without packages that others may use and that are here for development alone, such as a validator's compiler, and theirs. */
function withoutDevelopment(bom: CycloneDx): CycloneDx {
  const isDevelopment = ({ properties = [] }: Component) =>
    properties.some(({ name }) => name === "cdx:npm:package:development");
  const development = new Set(bom.components.filter(isDevelopment).map((one) => one["bom-ref"]));
  const needs = new Map(
    bom.dependencies.map(({ ref, dependsOn = [] }) => [
      ref,
      dependsOn.filter((one) => !development.has(one)),
    ]),
  );
  const needed = new Set([bom.metadata.component["bom-ref"]]);
  for (const ref of needed) for (const other of needs.get(ref) ?? []) needed.add(other);
  return {
    ...bom,
    components: bom.components.filter((one) => needed.has(one["bom-ref"])),
    dependencies: bom.dependencies
      .filter(({ ref }) => needed.has(ref))
      .map((one) => (one.dependsOn === undefined ? one : { ...one, dependsOn: needs.get(one.ref) ?? [] })),
  };
}
