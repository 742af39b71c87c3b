import { type DeliverySettings, deliverDay, deliverDue, reportSchedule } from "@dapanoskop/report";
import type { CommandContext } from "../command-context.ts";
import { UsageError } from "../errors.ts";
import { exitCode } from "../exit-code.ts";
import { unlessInterrupted } from "../interruption.ts";
import type { CommandValues } from "../options/command-option.ts";
import { checkReportValues } from "../report/check-values.ts";
import { audiencesOf } from "../report/named-audiences.ts";
import { isUndelivered, outcomeText } from "../report/outcome-text.ts";
import { reportChannels } from "../report/report-channels.ts";
import { openState, openStore } from "../store.ts";
import type { reportSendDefinition } from "./report-definitions.ts";

type SendValues = CommandValues<typeof reportSendDefinition.options>;

/** `dapanoskop report send`: sends what is due, or the report of one day, to each audience. */
export async function reportSend(values: SendValues, context: CommandContext): Promise<number> {
  if (values.resend && values.date === null) {
    throw new UsageError("report send", "--resend sends the report of one day again; it needs --date.");
  }
  if (values.mailToFolder !== null && values.smtp !== null) {
    throw new UsageError("report send", "--mail-to-folder and --smtp exclude each other: name one of them.");
  }
  checkReportValues("report send", values);
  const settings = await settingsOf(values);
  if (settings.audiences.length === 0) {
    context.err.write("No audience is named, so nothing was sent. See: dapanoskop help report send\n");
    return exitCode.done;
  }
  const dependencies = {
    store: await openStore(values.store),
    state: await openState(values.state),
    channels: reportChannels(values, context.runtime.clock),
    runtime: context.runtime,
  };
  const at = values.at ?? context.runtime.clock.now();
  const sending =
    values.date === null
      ? deliverDue({ at, trigger: "publish" }, settings, dependencies)
      : deliverDay(
          values.date,
          { resend: values.resend, anySchedule: values.audience !== null },
          settings,
          dependencies,
        );
  const result = await unlessInterrupted(context, sending);
  context.out.write(outcomeText(result, context.runtime.clock.now()));
  return isUndelivered(result) ? exitCode.failed : exitCode.done;
}

async function settingsOf(values: SendValues): Promise<DeliverySettings> {
  const all = await audiencesOf(values);
  const audiences = all.filter(({ name }) => values.audience === null || name === values.audience);
  if (audiences.length === 0 && values.audience !== null) {
    const names = all.map(({ name }) => name).join(", ") || "none";
    throw new UsageError(
      "report send",
      `There is no audience ${JSON.stringify(values.audience)}. There are: ${names}.`,
    );
  }
  return {
    audiences,
    schedule: reportSchedule(values.schedule),
    sender: values.sender,
    dashboardUrl: values.dashboard,
  };
}
