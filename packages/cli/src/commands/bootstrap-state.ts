import { jsonText } from "@dapanoskop/core/insight/render";
import type { CommandContext } from "../command-context.ts";
import { backendBlock } from "../deployment/backend-block.ts";
import { deploymentPlace } from "../deployment/open-deployment.ts";
import { exitCode } from "../exit-code.ts";
import type { CommandValues } from "../options/command-option.ts";
import type { bootstrapStateDefinition } from "./deployment-definitions.ts";

/** `dapanoskop bootstrap-state`: the place of the state, created or repaired. */
export async function bootstrapState(
  values: CommandValues<typeof bootstrapStateDefinition.options>,
  { out }: CommandContext,
): Promise<number> {
  const { aws, place, names } = await deploymentPlace("bootstrap-state", values);
  const parts = [...(await aws.provisionStateBucket(names.stateBucket, place))];
  const table = values.lock === "table" ? names.lockTable : null;
  if (table !== null) parts.push(await aws.provisionLockTable(table, { region: place.region }));
  const block = backendBlock({
    bucket: names.stateBucket,
    key: `${names.prefix}/terraform.tfstate`,
    region: place.region,
    table,
  });
  if (values.json) {
    out.write(jsonText({ schema: 1, ...place, bucket: names.stateBucket, lock_table: table, parts, block }));
    return exitCode.done;
  }
  for (const { what, outcome } of parts) out.write(`${what}: ${outcome}\n`);
  const needed =
    table === null ? "OpenTofu or Terraform 1.10 or newer; for older ones: --lock table" : "any version";
  out.write(`\nPut this into backend.tf of your root module (${needed}), then run init:\n\n${block}`);
  return exitCode.done;
}
