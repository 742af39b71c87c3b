import { jsonText } from "@dapanoskop/core/insight/render";
import {
  lastExpectedDay,
  readPublishedDays,
  renderStatus,
  reportSchedule,
  reportStatus,
} from "@dapanoskop/report";
import type { CommandContext } from "../command-context.ts";
import { exitCode } from "../exit-code.ts";
import type { CommandValues } from "../options/command-option.ts";
import { checkReportValues } from "../report/check-values.ts";
import { openState, openStore } from "../store.ts";
import type { reportStatusDefinition } from "./report-definitions.ts";

/** States that need a person. */
const TROUBLED: ReadonlySet<string> = new Set(["FAILED", "BOUNCED", "UNKNOWN"]);

/** `dapanoskop report status`: what became of the reports of the last 30 days, and the service levels. */
export async function reportStatusCommand(
  values: CommandValues<typeof reportStatusDefinition.options>,
  context: CommandContext,
): Promise<number> {
  checkReportValues("report status", values);
  const published = await readPublishedDays(await openStore(values.store));
  const now = context.runtime.clock.now();
  const status = await reportStatus(await openState(values.state), {
    lastExpected: lastExpectedDay(values.at ?? now, reportSchedule(values.schedule), "publish"),
    completeThrough: published?.figures.completeThrough ?? null,
    // Leases are of the clock, whatever time counts as now.
    now,
  });
  context.out.write(values.json ? jsonText({ schema: 1, ...status }) : renderStatus(status));
  const isTroubled = status.audiences.some(
    ({ missing, reports }) => missing.length > 0 || reports.some(({ state }) => TROUBLED.has(state)),
  );
  return isTroubled ? exitCode.failed : exitCode.done;
}
