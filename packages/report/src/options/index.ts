export type { ListOption, ReportOption, ReportOptionTable } from "./report-option.ts";
export { type ReportOptionValues, reportOptions } from "./report-options.ts";
