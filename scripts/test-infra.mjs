// The infrastructure's tests: installs what is missing, checks the types against SST's platform, runs the tests.
//   npm run test:infra -- tests/infra/parity.test.ts      some of the tests
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { become, installWhenNeeded, refuseOldNode, root } from "./dependencies.mjs";
import { installPlatformWhenNeeded } from "./platform.mjs";

refuseOldNode();
installWhenNeeded();
installPlatformWhenNeeded();
const { status } = spawnSync(process.execPath, [join(root, "scripts", "typecheck-infra.mjs")], {
  cwd: root,
  stdio: "inherit",
});
if (status !== 0) process.exit(status ?? 1);
console.log(
  "Not run here: sst diff and sst deploy, which need Pulumi's command line and an AWS account; SST's side is evaluated with mocks.",
);
const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
become("vitest", process.execPath, [
  vitest,
  "run",
  "--config",
  "vitest.infra.config.ts",
  ...process.argv.slice(2),
]);
