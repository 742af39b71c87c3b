export {
  type DayPair,
  type DayReport,
  type DayReportInput,
  type DaySection,
  dayReport,
} from "./day-report.ts";
export { renderDayReport } from "./render-day-report.ts";
