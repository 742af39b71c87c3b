import { addDays, type Day, dayOfInstant, type Instant } from "@dapanoskop/core/calendar";

/** The minute of every day, in UTC, from which the report of the day before is due. */
export interface ReportSchedule {
  readonly hour: number;
  readonly minute: number;
}

/**
 * Reads `cron(MINUTE HOUR * * ? *)`.
 * @throws RangeError on every other expression
 */
export function reportSchedule(expression: string): ReportSchedule {
  const [, minute = "", hour = ""] =
    /^cron\(([0-5]?\d) ([01]?\d|2[0-3]) \* \* \? \*\)$/.exec(expression) ?? [];
  if (hour === "") {
    throw new RangeError(
      `The schedule ${JSON.stringify(expression.slice(0, 60))} is not a minute and an hour of every day, like cron(0 8 * * ? *).`,
    );
  }
  return { hour: Number(hour), minute: Number(minute) };
}

/** What made a run begin: the schedule, or files that were published at that time. */
export type ReportTrigger = "schedule" | "publish";

/**
 * The last day whose report is expected at an event's time: the report of a day is due at the scheduled time of the day
 * after. An event of the schedule is that scheduled time, however the two clocks differ.
 */
export function lastExpectedDay(at: Instant, { hour, minute }: ReportSchedule, trigger: ReportTrigger): Day {
  const today = dayOfInstant(at);
  const two = (number: number) => String(number).padStart(2, "0");
  const isPast = trigger === "schedule" || at >= `${today}T${two(hour)}:${two(minute)}:00Z`;
  return addDays(today, isPast ? -1 : -2);
}
