// Makes the plans in tests/plans/json with the real Terraform and AWS provider, against an emulator of AWS on this machine.
//   npm run plans -- drifted sensitive      some of the configurations
import { readdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { startAwsEmulator } from "../tests/infra/support/aws-emulator.ts";
import { findTools, toolsMissing } from "../tests/infra/support/tools.ts";
import { makePlans } from "../tests/plans/plan-maker.ts";
import { planScenarios } from "../tests/plans/plan-scenarios.ts";

const JSON_FOLDER = fileURLToPath(new URL("../tests/plans/json/", import.meta.url));

const tools = findTools();
const missing = toolsMissing(tools);
const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in planScenarios));
if (missing !== null || unknown.length > 0) {
  console.error(
    missing ?? `There is no configuration ${unknown.join(", ")} in tests/plans/plan-scenarios.ts.`,
  );
  process.exit(1);
}

const written = new Set<string>();
let failures = 0;
for (const [name, scenario] of Object.entries(planScenarios)) {
  if (names.length > 0 && !names.includes(name)) continue;
  // An account of its own: nothing of another configuration is in the plans.
  const aws = await startAwsEmulator(tools.moto ?? "");
  try {
    const { texts } = await makePlans(name, scenario, tools, aws.url);
    for (const [plan, text] of texts) {
      written.add(`${plan}.json`);
      await writeFile(`${JSON_FOLDER}${plan}.json`, `${text}\n`);
      console.log(`${plan}.json: ${text.length} characters`);
    }
  } catch (cause) {
    failures += 1;
    console.error(`${name}: ${cause instanceof Error ? cause.message : cause}`);
  } finally {
    aws.stop();
  }
}
if (names.length === 0 && failures === 0) {
  for (const file of await readdir(JSON_FOLDER)) {
    if (!written.has(file)) await rm(JSON_FOLDER + file);
  }
}
process.exit(failures === 0 ? 0 : 1);
