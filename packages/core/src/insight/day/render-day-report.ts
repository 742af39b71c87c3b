import type { RenderedMessage } from "../../sending/index.ts";
import { plainFigures } from "../render/plain-figures.ts";
import { sentenceText } from "../sentence.ts";
import type { DayReport } from "./day-report.ts";

/** A report in every form that a channel needs, with the same (label, amount) pairs in each. */
export function renderDayReport(report: DayReport): RenderedMessage {
  const subject = sentenceText(report.subject, plainFigures, (name) => name);
  return { subject, text: `${subject}\n`, html: "", slack: { text: subject, blocks: [] }, json: {} };
}
