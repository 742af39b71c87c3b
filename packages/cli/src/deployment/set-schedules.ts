import type { FoundDeployment } from "./open-deployment.ts";

/** A schedule after a command. */
export interface ScheduleChange {
  readonly name: string;
  readonly expression: string;
  readonly enabled: boolean;
  /** Whether the command changed it. */
  readonly changed: boolean;
}

/** Resumes or pauses all schedules of a deployment; those that are so already get no request. @throws DeploymentError */
export async function setSchedules(
  { schedules, found }: FoundDeployment,
  enabled: boolean,
): Promise<readonly ScheduleChange[]> {
  const changes: ScheduleChange[] = [];
  for (const schedule of found) {
    const changed = schedule.enabled !== enabled;
    if (changed) await schedules.set(schedule.name, enabled);
    changes.push({ name: schedule.name, expression: schedule.expression, enabled, changed });
  }
  return changes;
}
