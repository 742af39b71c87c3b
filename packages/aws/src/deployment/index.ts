export { type AccountPlace, accountPlace } from "./account.ts";
export { DeploymentError } from "./deployment-error.ts";
export { provisionLockTable } from "./lock-table.ts";
export { type Alarm, type MetricPoint, type Observations, observations } from "./observations.ts";
export type { DeploymentAccess } from "./request.ts";
export { type ScheduleRule, type Schedules, schedules } from "./schedules.ts";
export { type Provision, provisionStateBucket } from "./state-bucket.ts";
