export { type AnomalyAnswer, answerAnomaly, countedAnswers } from "./anomaly-answers.ts";
export { type AudienceStart, audienceStart, audienceStarts } from "./audience-start.ts";
export {
  type MarkedRecipient,
  type MarkReason,
  markedRecipients,
  markRecipient,
  maskedAddress,
} from "./marked-recipients.ts";
export { lastSaid, type ReportSummary, reportSummary, type SaidTotal, summaryOf } from "./said.ts";
