// Type checks infra/ and its tests against SST's platform, by the same rules as the rest of the project.
//   node scripts/typecheck-infra.mjs [PROJECT]     PROJECT: infra by default
// SST ships its platform as sources of looser rules. Errors in them are left out.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { root } from "./dependencies.mjs";

const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
const [project = join(root, "infra")] = process.argv.slice(2);
const { status, stdout, stderr, error } = spawnSync(
  process.execPath,
  [tsc, "-p", project, "--pretty", "false"],
  { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
);
const found = ours(stdout ?? "");
if (found.length > 0) console.error(found.join("\n"));
// 2: errors were found. Anything else, or errors that are none, is tsc's own trouble.
const understood = error === undefined && (status === 0 || (/: error TS/.test(stdout) && stderr === ""));
if (!understood) console.error(`The type checker could not run. ${error?.message ?? stderr}`);
process.exit(found.length > 0 || !understood ? 1 : 0);

/** The lines of errors outside of the platform; an indented line belongs to the error above it. */
function ours(text) {
  let isOurs = true;
  return text.split("\n").filter((line) => {
    if (line.trim() === "") return false;
    if (!line.startsWith(" ")) isOurs = !line.startsWith(".sst/") && !line.startsWith(".sst\\");
    return isOurs;
  });
}
