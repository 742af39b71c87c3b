import { addDays, type Day } from "@dapanoskop/core/calendar";
import type { AudienceSchedule } from "../audience/index.ts";

/** How late AWS delivers a day at most, in days: a report that is not sent by then is missing, whatever the reason. */
export const LATEST_DELIVERY_DAYS = 4;

/** The days from `from` to `to`, both included, that a schedule may report: every day, or Sundays for a weekly one. */
export function scheduledDays(schedule: AudienceSchedule, from: Day, to: Day): readonly Day[] {
  const days: Day[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return schedule === "weekly" ? days.filter(isSunday) : days;
}

const isSunday = (day: Day) => new Date(`${day}T00:00:00Z`).getUTCDay() === 0;
