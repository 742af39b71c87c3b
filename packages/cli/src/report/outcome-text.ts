import type { Instant } from "@dapanoskop/core/calendar";
import { isLeased, type Sending, shownState } from "@dapanoskop/core/sending";
import { visible } from "@dapanoskop/core/text";
import { type DeliveryResult, maskedAddress, type ReportOutcome } from "@dapanoskop/report";
import { errorSentence } from "../error-sentence.ts";

/** What a run came to, whether it sent what is due or one day. */
type SendResults = Pick<DeliveryResult, "reports" | "failures"> &
  Partial<Pick<DeliveryResult, "missing" | "completeThrough" | "lastExpected" | "unknown" | "failed">>;

/**
 * What became of each report, a line each, with the reason where it was not sent.
 * @param now the time of the clock, by which leases are judged
 */
export function outcomeText(results: SendResults, now: Instant): string {
  const { reports, failures, missing = [] } = results;
  const lines = [
    ...reports.flatMap((report) => reportLines(report, now)),
    ...failures.map(({ audience, day, error }) =>
      `${day ?? ""}  ${audience}  not sent: ${errorSentence(error)}`.trim(),
    ),
    ...missing.map(({ audience, day }) => `${day}  ${audience}  MISSING`),
  ];
  return lines.length > 0 ? `${lines.join("\n")}\n` : `${nothingDueText(results)}\n`;
}

/** Why nothing is due. Reports that an earlier run left FAILED or UNKNOWN are not due again, and were not sent either. */
function nothingDueText({ completeThrough, lastExpected, unknown = 0, failed = 0 }: SendResults): string {
  if (completeThrough === null) return "No complete day is published: nothing is due.";
  if (unknown + failed === 0) {
    return `Nothing is due: every report through ${lastExpected} was sent, or its day is not complete (complete through ${completeThrough}).`;
  }
  const counts = [failed > 0 ? `${failed} FAILED` : [], unknown > 0 ? `${unknown} UNKNOWN` : []].flat();
  return `Nothing is due. Of earlier runs, these reports are not sent again by themselves: ${counts.join(", ")}. See: dapanoskop report status`;
}

/** Whether something was not sent that should have been. */
export const isUndelivered = ({ reports, failures, missing = [] }: SendResults): boolean =>
  failures.length > 0 ||
  missing.length > 0 ||
  reports.some(({ outcome }) => outcome !== "sent" && outcome !== "elsewhere");

function reportLines({ outcome, sending, leftOut }: ReportOutcome, now: Instant): readonly string[] {
  const { id, attempts, reason } = sending;
  const count = `${attempts.length} attempt${attempts.length === 1 ? "" : "s"}`;
  const why = reason === null ? "" : `: ${visible(reason, 500)}`;
  return [
    `${id.date}  ${id.audience}  ${words[outcome](sending, now)}, ${count}${why}`,
    ...leftOut.map(({ address, reason: cause }) => `  left out after a ${cause}: ${maskedAddress(address)}`),
  ];
}

const words = {
  sent: () => "SENT",
  failed: () => "FAILED",
  unknown: () => "UNKNOWN",
  postponed: () => "postponed",
  elsewhere: (sending: Sending, now: Instant) =>
    isLeased(sending, now)
      ? `another run has it until ${sending.leaseUntil} at most; nothing was sent`
      : `${shownState(sending, now)} before; --resend sends it again`,
} as const;
