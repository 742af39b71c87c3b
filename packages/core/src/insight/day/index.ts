export { type DayReport, dayReport } from "./day-report.ts";
export type { DayReportInput } from "./day-report-input.ts";
export type { DayPair, DaySection } from "./day-section.ts";
export type { PageLink } from "./page-link.ts";
export { type DayReportDocument, renderDayReport } from "./render/index.ts";
