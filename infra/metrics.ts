import type { Auth } from "./auth.ts";
import type { Pipeline } from "./pipeline.ts";

/** The sub-systems whose functions are monitored. */
export interface MonitoredFunctions {
  readonly pipeline: Pipeline;
  readonly auth: Auth;
}

/** The namespace of the collector's own metrics; packages/functions writes it. */
export const METRIC_NAMESPACE = "Dapanoskop";

export const HOUR_SECONDS = 3600;
