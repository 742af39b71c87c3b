import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** What a function can ask of AWS: `s3.GetObject` for each command of the SDK that its bundle contains. */
export type SdkCommands = Readonly<Record<"collect" | "session", readonly string[]>>;

/** Builds the functions as they are released and reads off their bundles what is left of the SDK in there. */
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
