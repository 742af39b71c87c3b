export { DayNotReportedError, deliverDay } from "./deliver-day.ts";
export { deliverDue } from "./deliver-due.ts";
export type {
  AudienceFailure,
  DeliveryDependencies,
  DeliveryEvent,
  DeliveryResult,
  DeliverySettings,
  ReportOutcome,
} from "./delivery.ts";
export { NoRecipientError } from "./message-sender.ts";
export { type PublishedDays, readPublishedDays } from "./published-days.ts";
export { buildReport } from "./report-builder.ts";
export type { NotifiedChannel, ReportChannels } from "./report-channels.ts";
