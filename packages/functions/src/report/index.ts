export { reportEnvironment } from "./report-environment.ts";
export { ReportEventError, reportEvent } from "./report-event.ts";
export { ReportError } from "./report-failure.ts";
export { type ReportHandler, type ReportRun, type ReportRuntime, reportHandler } from "./report-handler.ts";
