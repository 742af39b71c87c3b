import type { RenderedMessage } from "../../../sending/index.ts";
import type { DayReport } from "../day-report.ts";
import { dayHtml } from "./html.ts";
import { dayDocument } from "./json.ts";
import { shownText } from "./shown.ts";
import { daySlack } from "./slack.ts";
import { dayText } from "./text.ts";

export type { DayReportDocument } from "./json.ts";

/** A report in every form that a channel needs, with the same pairs of label and amount in each. */
export const renderDayReport = (report: DayReport): RenderedMessage => ({
  subject: shownText(report.subject),
  text: dayText(report),
  html: dayHtml(report),
  slack: daySlack(report),
  json: dayDocument(report),
});
