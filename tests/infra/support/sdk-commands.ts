import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { FUNCTIONS, root } from "../../../packages/terraform/src/export.ts";

/** The commands of the SDK that the sources of a function import, such as `s3.GetObject`. */
export type SdkCommands = Readonly<Record<(typeof FUNCTIONS)[number], readonly string[]>>;

/** Builds the functions as for a release and finds the commands that the sources in their bundles import. */
export function sdkCommands(): SdkCommands {
  const folder = mkdtempSync(join(tmpdir(), "dapanoskop-commands-"));
  try {
    const build = fileURLToPath(new URL("../../../packages/functions/build.mjs", import.meta.url));
    execFileSync(process.execPath, [build, folder], { stdio: ["ignore", "ignore", "inherit"] });
    return Object.fromEntries(FUNCTIONS.map((name) => [name, commandsIn(folder, name)])) as SdkCommands;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Metafile {
  readonly outputs: Readonly<
    Record<string, { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }>
  >;
}

/** Of a client that is loaded when it is needed, a bundle has every command: what counts is what our sources import. */
function commandsIn(folder: string, name: string): readonly string[] {
  const { outputs } = JSON.parse(readFileSync(join(folder, `${name}.meta.json`), "utf8")) as Metafile;
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const found = inputs
    .filter(([path, { bytesInOutput }]) => bytesInOutput > 0 && path.startsWith("packages/"))
    .flatMap(([path]) => importedCommands(readFileSync(join(root, path), "utf8")));
  return [...new Set(found)].sort();
}

function importedCommands(source: string): readonly string[] {
  const imports = source.matchAll(/import \{([^}]+)\} from "@aws-sdk\/client-([a-z0-9-]+)"/g);
  return [...imports].flatMap(([, names = "", client]) =>
    [...names.matchAll(/(?<!type )\b(\w+)Command\b/g)].map(([, command]) => `${client}.${command}`),
  );
}
