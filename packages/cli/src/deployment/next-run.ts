import { addDays, dayOfInstant, type Instant } from "@dapanoskop/core/calendar";

const DAILY = /^cron\(([0-5]?\d) ((?:[01]?\d|2[0-3])(?:,(?:[01]?\d|2[0-3]))*) \* \* \? \*\)$/;

/**
 * The next time of a schedule of every day, `cron(0 6 * * ? *)` or with several hours. `null` for all others: the next run of a rate
 * depends on when its rule was created.
 */
export function nextRun(expression: string, now: Instant): Instant | null {
  const [, minute, hours] = DAILY.exec(expression) ?? [];
  if (minute === undefined || hours === undefined) return null;
  const two = (text: string) => text.padStart(2, "0");
  const today = dayOfInstant(now);
  const times = [today, addDays(today, 1)].flatMap((day) =>
    hours.split(",").map((hour) => `${day}T${two(hour)}:${two(minute)}:00Z`),
  );
  return times.sort().find((time) => time > now) ?? null;
}
