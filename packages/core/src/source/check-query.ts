import { isDay, type Window } from "../calendar/index.ts";
import type { CostQuery } from "./cost-source.ts";
import { CostSourceError } from "./errors.ts";

/**
 * Refuses queries that no bill answers, as Cost Explorer does: more than two groupings, or a window without a day.
 * @throws CostSourceError `validation`
 */
export function checkQuery({ window, groupBy }: CostQuery): void {
  checkWindow(window);
  if (groupBy.length <= 2) return;
  throw new CostSourceError(
    "validation",
    window,
    `A query has at most two groupings, this one has ${groupBy.length}. Make two queries.`,
  );
}

/** @throws CostSourceError `validation` */
export function checkWindow(window: Window): void {
  if (isDay(window.start) && isDay(window.end) && window.start < window.end) return;
  throw new CostSourceError(
    "validation",
    window,
    `The window ${shown(window.start)} to ${shown(window.end)} is no span of days. Its end is not part of it, so it must be at least one day after the start.`,
  );
}

const shown = (text: string) => JSON.stringify(text.slice(0, 60));
