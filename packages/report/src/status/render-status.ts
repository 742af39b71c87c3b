import { visible } from "@dapanoskop/core/text";
import type { AudienceStatus, ReportState, ReportStatus } from "./report-status.ts";
import {
  allowanceText,
  FAST_SECONDS,
  levelText,
  type ServiceLevel,
  thousandthsText,
} from "./service-levels.ts";

/** A status as text for a terminal: what needs a person comes with what to do. */
export function renderStatus(status: ReportStatus): string {
  const { from, lastExpected, completeThrough, audiences } = status;
  const data =
    completeThrough === null
      ? "No published day is complete."
      : `Days are complete through ${completeThrough}.`;
  const lines = [`Reports of ${from} to ${lastExpected}. ${data}`];
  if (audiences.length === 0) lines.push("No audience was sent to yet: dapanoskop report send begins.");
  for (const audience of audiences) lines.push("", ...audienceLines(audience, completeThrough));
  lines.push("", ...levelLines(status));
  return `${lines.join("\n")}\n`;
}

function audienceLines(
  { name, since, schedule, reports, missing, waiting }: AudienceStatus,
  completeThrough: ReportStatus["completeThrough"],
): readonly string[] {
  return [
    since === null ? `${name}: sent to by hand` : `${name}: ${scheduleText[schedule]}, since ${since}`,
    ...reports.flatMap((report) => reportLines(name, report)),
    ...missing.flatMap((day) => [
      `  ${day}  MISSING`,
      completeThrough === null || day > completeThrough
        ? "    The day is not published in full. Find out why it was not collected: dapanoskop collect."
        : `    No attempt was made. The next run catches it up for a week; afterwards: dapanoskop report send --date ${day} --audience ${name}`,
    ]),
    ...waiting.map((day) => `  ${day}  waiting for the day's data`),
  ];
}

const scheduleText = {
  daily: "daily",
  weekly: "weekly, of the week that ends on Sunday",
  anomalies: "only of days with an anomaly",
} as const;

function reportLines(
  audience: string,
  { day, state, attempts, seconds, reason }: ReportState,
): readonly string[] {
  const count = attempts.length === 1 ? "1 attempt" : `${attempts.length} attempts`;
  const took = seconds === null ? "" : `, ${seconds} s`;
  const why = reason === null ? [] : [`    ${visible(reason, 500)}`];
  return [`  ${day}  ${state.padEnd(7)}  ${count}${took}`, ...why, ...advice(audience, day, state)];
}

/** What an operator does about a state. */
function advice(audience: string, day: string, state: ReportState["state"]): readonly string[] {
  const resend = `dapanoskop report send --date ${day} --audience ${audience} --resend`;
  if (state === "UNKNOWN") {
    return [
      "    The answer was lost: it was sent or not, and nothing sends it again by itself. An SES event settles it.",
      `    Otherwise ask ${audience} whether it arrived. If not: ${resend}`,
    ];
  }
  if (state === "FAILED") return [`    It was not sent. Remove the cause, then: ${resend}`];
  if (state === "BOUNCED") return [`    It came back. Correct the recipients, then: ${resend}`];
  return [];
}

function levelLines({ delivered, fast }: ReportStatus): readonly string[] {
  return [
    levelLine("Delivered", "expected reports were delivered", delivered),
    levelLine(`Within ${FAST_SECONDS} s`, `delivered reports were sent within ${FAST_SECONDS} s`, fast),
  ];
}

function levelLine(name: string, what: string, level: ServiceLevel): string {
  const { of, missed, leftThousandths, isMet } = level;
  if (of === 0) return `${name}: nothing to judge yet, because there were no ${what.split(" were ")[0]}.`;
  const state = isMet ? "met" : "broken";
  const left = `${thousandthsText(leftThousandths)} left`;
  return `${name}: ${of - missed} of ${of} ${what}. ${levelText(level.level)} allows to miss ${allowanceText(level)}; ${left}: ${state}.`;
}
