import { jsonText } from "@dapanoskop/core/insight/render";
import type { CommandContext } from "../command-context.ts";
import { askSpend } from "../deployment/ask-spend.ts";
import { openDeployment } from "../deployment/open-deployment.ts";
import { setSchedules } from "../deployment/set-schedules.ts";
import { exitCode } from "../exit-code.ts";
import type { CommandValues } from "../options/command-option.ts";
import type { stopDefinition } from "./deployment-definitions.ts";

/** What a person must expect after it. */
const AFTERWARDS = [
  "Nothing was deleted: the page shows what is published. What is kept costs as before; no request to Cost Explorer is made.",
  "The next apply of the module resumes the schedules, unless schedule_enabled is false. dapanoskop start resumes them now.",
  "With alarm_email, the alarms no-success, stale-data and no-report are raised after one to two days.",
] as const;

/** `dapanoskop stop`: pauses the schedules of a deployment, and says what it cost. */
export async function stop(
  values: CommandValues<typeof stopDefinition.options>,
  context: CommandContext,
): Promise<number> {
  const { out } = context;
  const deployment = await openDeployment("stop", values);
  const schedules = await setSchedules(deployment, false);
  const spend = values.noSpend ? null : await askSpend(deployment.place.region, context);
  if (values.json) {
    out.write(jsonText({ schema: 1, name: values.name, ...deployment.place, schedules, spend }));
    return exitCode.done;
  }
  for (const { name, changed } of schedules) {
    out.write(`${name} ${changed ? "is paused" : "was paused already"}.\n`);
  }
  if (spend !== null) out.write(`${spend.text}\n`);
  out.write(`${AFTERWARDS.join("\n")}\n`);
  return exitCode.done;
}
