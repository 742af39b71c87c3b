import { addDays, addMonths, firstDay, monthOf, type Window } from "../calendar/index.ts";
import type { Granularity } from "./cost-source.ts";

/**
 * The charge periods of a window, oldest first: each of its days, or each of its months. A month that the window cuts
 * is as short as the window leaves it, as Cost Explorer does it. An empty window has none.
 */
export function chargePeriods({ start, end }: Window, granularity: Granularity): readonly Window[] {
  const periods: Window[] = [];
  for (let at = start; at < end; ) {
    const next = granularity === "DAILY" ? addDays(at, 1) : firstDay(addMonths(monthOf(at), 1));
    const until = next < end ? next : end;
    periods.push({ start: at, end: until });
    at = until;
  }
  return periods;
}
