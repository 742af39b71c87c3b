import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** The commands of the SDK in a function's bundle, such as `s3.GetObject`. */
export type SdkCommands = Readonly<Record<"collect" | "session", readonly string[]>>;

/** Builds the functions as for a release and finds the commands of the SDK in their bundles. */
export function sdkCommands(): SdkCommands {
  const folder = mkdtempSync(join(tmpdir(), "dapanoskop-commands-"));
  try {
    const build = fileURLToPath(new URL("../../../packages/functions/build.mjs", import.meta.url));
    execFileSync(process.execPath, [build, folder], { stdio: ["ignore", "ignore", "inherit"] });
    return { collect: commandsIn(folder, "collect"), session: commandsIn(folder, "session") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Metafile {
  readonly outputs: Readonly<
    Record<string, { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }>
  >;
}

function commandsIn(folder: string, name: string): readonly string[] {
  const { outputs } = JSON.parse(readFileSync(join(folder, `${name}.meta.json`), "utf8")) as Metafile;
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const found = inputs
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => /@aws-sdk\/client-([a-z0-9-]+)\/.*\/(\w+)Command\.js$/.exec(path))
    .flatMap((match) => (match === null ? [] : [`${match[1]}.${match[2]}`]));
  return [...new Set(found)].sort();
}
