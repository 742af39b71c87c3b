import type { DeployedApi } from "./api.ts";
import type { Auth } from "./auth.ts";
import type { Report } from "./report.ts";
import type { ScheduledFunction } from "./scheduled-function.ts";

/** The sub-systems whose functions are monitored. */
export interface MonitoredFunctions {
  readonly pipeline: ScheduledFunction;
  readonly auth: Auth;
  readonly report: Report;
  readonly api: DeployedApi | null;
}

/** The namespace of the functions' own metrics; packages/functions writes it. */
export const METRIC_NAMESPACE = "Dapanoskop";

export const HOUR_SECONDS = 3600;
