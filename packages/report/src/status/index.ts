export { renderStatus } from "./render-status.ts";
export {
  type AudienceStatus,
  type ReportState,
  type ReportStatus,
  reportStatus,
  type StatusQuery,
} from "./report-status.ts";
export { type ServiceLevel, serviceLevel } from "./service-levels.ts";
