import type { RenderedMessage } from "../../../sending/index.ts";
import type { DayReport } from "../day-report.ts";
import { dayDocument } from "./json.ts";
import { renderMessage } from "./render-message.ts";

export type { DayReportDocument } from "./json.ts";

/** A report in every form that a channel needs, with the same pairs of label and amount in each. */
export const renderDayReport = (report: DayReport): RenderedMessage =>
  renderMessage(report, dayDocument(report));
