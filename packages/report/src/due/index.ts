export { type DueInput, dueDays, MOST_CAUGHT_UP, missingDays } from "./due-days.ts";
export { LATEST_DELIVERY_DAYS, scheduledDays } from "./expected-days.ts";
export {
  lastExpectedDay,
  type ReportSchedule,
  type ReportTrigger,
  reportSchedule,
} from "./report-schedule.ts";
