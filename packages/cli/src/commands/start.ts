import { jsonText } from "@dapanoskop/core/insight/render";
import type { CommandContext } from "../command-context.ts";
import { nextRun } from "../deployment/next-run.ts";
import { openDeployment } from "../deployment/open-deployment.ts";
import { setSchedules } from "../deployment/set-schedules.ts";
import { exitCode } from "../exit-code.ts";
import type { CommandValues } from "../options/command-option.ts";
import type { startDefinition } from "./deployment-definitions.ts";

/** `dapanoskop start`: resumes the schedules of a deployment. */
export async function start(
  values: CommandValues<typeof startDefinition.options>,
  { out, runtime }: CommandContext,
): Promise<number> {
  const deployment = await openDeployment("start", values);
  const now = runtime.clock.now();
  const done = await setSchedules(deployment, true);
  const schedules = done.map((one) => ({ ...one, next_run: nextRun(one.expression, now) }));
  if (values.json) {
    out.write(jsonText({ schema: 1, name: values.name, ...deployment.place, schedules }));
    return exitCode.done;
  }
  for (const { name, expression, changed, next_run } of schedules) {
    const next = next_run === null ? `by ${expression}` : `${next_run} (${expression})`;
    out.write(`${name} ${changed ? "is resumed" : "was running already"}. Next run: ${next}.\n`);
  }
  return exitCode.done;
}
