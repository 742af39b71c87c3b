import { jsonText } from "@dapanoskop/core/insight/render";
import type { CommandContext } from "../command-context.ts";
import { askSpend } from "../deployment/ask-spend.ts";
import { problemsOf, readDeploymentState } from "../deployment/deployment-state.ts";
import { openDeployment } from "../deployment/open-deployment.ts";
import { renderState, stateDocument } from "../deployment/render-state.ts";
import { exitCode } from "../exit-code.ts";
import type { CommandValues } from "../options/command-option.ts";
import type { statusDefinition } from "./deployment-definitions.ts";

/** `dapanoskop status`: how a deployment is. */
export async function status(
  values: CommandValues<typeof statusDefinition.options>,
  context: CommandContext,
): Promise<number> {
  const deployment = await openDeployment("status", values);
  const state = await readDeploymentState(deployment, context.runtime.clock.now());
  const spend = values.spend ? await askSpend(deployment.place.region, context) : null;
  context.out.write(
    values.json ? jsonText(stateDocument(deployment, state, spend)) : renderState(deployment, state, spend),
  );
  return problemsOf(state).length === 0 ? exitCode.done : exitCode.failed;
}
