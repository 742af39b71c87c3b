import type { MessageTags, SendOutcome } from "@dapanoskop/core/sending";
import type { AudienceFailure, DeliveryResult, ReportOutcome } from "@dapanoskop/report";
import { maskedAddress } from "@dapanoskop/report";
import { type Log, type Metric, withoutAddresses } from "../lambda/index.ts";
import { reportFailureText } from "./report-failure.ts";

/** The name of a message in the log: `daily/2026-01-14/everyone`. */
export const messageName = (kind: string, date: string, audience: string): string =>
  `${kind}/${date}/${audience}`;

/** The name of a report in the log. */
export const reportName = (day: string, audience: string): string => messageName("daily", day, audience);

/** Logs one attempt to send: what it came to and how long it took, in milliseconds. Nothing of the message is logged. */
export function logAttempt(log: Log, tags: MessageTags, outcome: SendOutcome, duration: number): void {
  const { report = "", date = "", audience = "", attempt = "" } = tags;
  const fields = {
    report: messageName(report, date, audience),
    attempt: Number(attempt),
    outcome: outcome.outcome,
    duration_ms: Math.round(duration),
  };
  const what = report === "alert" ? "alert" : "report";
  if (outcome.outcome === "accepted") {
    log.info(`The ${what} was sent.`, { ...fields, message_id: outcome.messageId });
  } else {
    const how = outcome.outcome === "refused" ? "was refused" : "was sent or not: its answer was lost";
    log.warn(`The ${what} ${how}. ${withoutAddresses(outcome.reason)}`, fields);
  }
}

/** Logs what became of a run. */
export function logDelivery(log: Log, result: DeliveryResult): void {
  const { lastExpected, completeThrough, reports, failures, missing } = result;
  for (const report of reports) logReport(log, report);
  for (const failure of failures) logFailure(log, failure);
  for (const { audience, day } of missing) {
    log.error("A report is missing: it should have been sent by now.", { report: reportName(day, audience) });
  }
  const fields = { last_expected: lastExpected, complete_through: completeThrough };
  if (completeThrough === null) log.warn("No complete day is published: there is nothing to report.", fields);
  else log.info(`${reports.length} due, ${missing.length} missing.`, fields);
}

function logReport(log: Log, { outcome, sending, leftOut }: ReportOutcome): void {
  const { id, attempts, reason } = sending;
  const fields = { report: reportName(id.date, id.audience), attempts: attempts.length, outcome };
  for (const { address, reason: why } of leftOut) {
    log.warn(`The recipient ${maskedAddress(address)} was left out after a ${why}.`, fields);
  }
  if (outcome === "failed" || outcome === "unknown") {
    log.error(`${sentences[outcome]} ${withoutAddresses(reason ?? "")}`, fields);
  } else log.info(sentences[outcome], fields);
}

const sentences = {
  sent: "The report is SENT.",
  failed: "The report is FAILED: it was not sent. Remove the cause, then: dapanoskop report send --resend.",
  unknown:
    "The report is UNKNOWN: it was sent or not, and nothing sends it again by itself. See dapanoskop report status.",
  postponed: "No time was left for the report: the next run sends it.",
  elsewhere: "Another run sends the report, or has sent it.",
} as const;

function logFailure(log: Log, { audience, day, error }: AudienceFailure): void {
  const { message, kind, place } = reportFailureText(error);
  log.error(message, {
    report: day === null ? undefined : reportName(day, audience),
    audience,
    error: kind,
    place: place ?? undefined,
  });
}

/** The figures of a run that read its state: unknown and failed ones are those of the last seven days. */
export const deliveryMetrics = ({ reports, missing, unknown, failed, failures }: DeliveryResult) => {
  const delivered = reports.filter(({ outcome }) => outcome === "sent").length;
  return [
    { name: "ReportsDelivered", unit: "Count", value: delivered },
    { name: "ReportsFailed", unit: "Count", value: failed + failures.length },
    { name: "ReportsUnknown", unit: "Count", value: unknown },
    { name: "ReportsMissing", unit: "Count", value: missing.length },
  ] as const satisfies readonly Metric[];
};
