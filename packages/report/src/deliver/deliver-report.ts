import type { Day } from "@dapanoskop/core/calendar";
import { type DayReport, renderDayReport } from "@dapanoskop/core/insight/day";
import { type PreparedMessage, sendOnce } from "@dapanoskop/core/sending";
import type { CostMetric } from "@dapanoskop/core/source";
import type { Audience } from "../audience/index.ts";
import { type MarkedRecipient, reportSummary } from "../records/index.ts";
import type { DeliveryDependencies, DeliverySettings, ReportOutcome } from "./delivery.ts";
import { messageSender } from "./message-sender.ts";

/** A report that is about to be sent. */
export interface ReportToSend {
  readonly audience: Audience;
  /** The day that the report is of: with the audience it is what is sent at most once. */
  readonly day: Day;
  readonly metric: CostMetric;
  /** Builds the report; called after the claim. */
  readonly build: () => Promise<DayReport>;
  /** An operator demands another attempt. */
  readonly resend: boolean;
}

/**
 * Sends one report to one audience, at most once.
 * @throws StateError when the state store fails, and what building the report or making its sender throws: nothing was sent
 */
export async function deliverReport(
  { audience, day, metric, build, resend }: ReportToSend,
  settings: DeliverySettings,
  dependencies: DeliveryDependencies,
): Promise<ReportOutcome> {
  const leftOut: MarkedRecipient[] = [];
  const prepare = async (): Promise<PreparedMessage> => {
    const report = await build();
    const message = renderDayReport(report);
    const send = await messageSender(audience, settings, dependencies, leftOut);
    const tags = { report: "daily", date: day, audience: audience.name };
    return {
      summary: reportSummary(report, { metric, costCenters: audience.costCenters }),
      send: (attempt) => send(message, { ...tags, attempt: String(attempt) }),
    };
  };
  const id = { kind: "report", date: day, audience: audience.name } as const;
  const { outcome, sending } = await sendOnce(id, prepare, dependencies, { resend });
  return { outcome, sending, leftOut };
}
