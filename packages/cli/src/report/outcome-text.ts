import { visible } from "@dapanoskop/core/text";
import { type DeliveryResult, maskedAddress, type ReportOutcome } from "@dapanoskop/report";
import { errorSentence } from "../error-sentence.ts";

/** What a run came to, whether it sent what is due or one day. */
type SendResults = Pick<DeliveryResult, "reports" | "failures"> &
  Partial<Pick<DeliveryResult, "missing" | "completeThrough" | "lastExpected">>;

/** What became of each report, a line each, with the reason where it was not sent. */
export function outcomeText({
  reports,
  failures,
  missing = [],
  completeThrough,
  lastExpected,
}: SendResults): string {
  const lines = [
    ...reports.flatMap(reportLines),
    ...failures.map(({ audience, day, error }) =>
      `${day ?? ""}  ${audience}  not sent: ${errorSentence(error)}`.trim(),
    ),
    ...missing.map(({ audience, day }) => `${day}  ${audience}  MISSING`),
  ];
  if (lines.length > 0) return `${lines.join("\n")}\n`;
  return completeThrough === null
    ? "No complete day is published: nothing is due.\n"
    : `Nothing is due: every report through ${lastExpected} was sent, or its day is not complete (complete through ${completeThrough}).\n`;
}

/** Whether something was not sent that should have been. */
export const isUndelivered = ({ reports, failures, missing = [] }: SendResults): boolean =>
  failures.length > 0 ||
  missing.length > 0 ||
  reports.some(({ outcome }) => outcome !== "sent" && outcome !== "elsewhere");

function reportLines({
  outcome,
  sending: { id, state, attempts, reason },
  leftOut,
}: ReportOutcome): readonly string[] {
  const count = `${attempts.length} attempt${attempts.length === 1 ? "" : "s"}`;
  const why = reason === null ? "" : `: ${visible(reason, 500)}`;
  return [
    `${id.date}  ${id.audience}  ${words[outcome](state)}, ${count}${why}`,
    ...leftOut.map(({ address, reason: cause }) => `  left out after a ${cause}: ${maskedAddress(address)}`),
  ];
}

const words = {
  sent: () => "SENT",
  failed: () => "FAILED",
  unknown: () => "UNKNOWN",
  postponed: () => "postponed",
  elsewhere: (state: string) => `${state} before; --resend sends it again`,
} as const;
