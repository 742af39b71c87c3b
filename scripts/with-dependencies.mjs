// Runs a command of this checkout, after `npm ci` when the packages are missing or older than the lock file.
//
//   node scripts/with-dependencies.mjs dapanoskop demo     a program: node_modules/.bin/dapanoskop demo
//   node scripts/with-dependencies.mjs --script check      a script of package.json: npm run check
import { join } from "node:path";
import process from "node:process";
import { buildPageWhenNeeded } from "./build-page.mjs";
import { become, installWhenNeeded, npm, refuseOldNode, root } from "./dependencies.mjs";

/** The commands that show the page, or draw with its components. */
const NEED_THE_PAGE = new Set(["demo", "serve", "report"]);

refuseOldNode();
installWhenNeeded();
const [, , program, command = ""] = process.argv;
// Without the page the figures are shown as a plain report: no reason to stop.
if (program === "dapanoskop" && NEED_THE_PAGE.has(command) && !buildPageWhenNeeded()) {
  console.error("The page could not be built; the report is served plain.");
}
run(process.argv.slice(2));

function run([first = "", ...rest]) {
  if (first === "--script") {
    become(first, npm, ["run", "--silent", ...rest.slice(0, 1), "--", ...rest.slice(1)]);
  } else {
    become(first, process.execPath, [join(root, "packages", "cli", "bin", `${first}.mjs`), ...rest]);
  }
}
