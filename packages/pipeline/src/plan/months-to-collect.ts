import {
  addMonths,
  dayOfInstant,
  EXTENDED_HISTORY_MONTHS,
  eventMonth,
  type Instant,
  isRunning,
  lastClosedMonth,
  type Month,
  monthOf,
  monthsFrom,
  oldestMonth,
  runningWindow,
} from "@dapanoskop/core/calendar";
import type { IndexDocument } from "@dapanoskop/dataset";
import type { CollectEvent } from "../event.ts";

/** Cost Explorer revises a closed month for days: until this day of the next month it is collected daily. */
const SETTLES_ON_DAY = 10;

/** After that the last closed month is collected when its snapshot is this old: support charges and refunds come late. */
const SNAPSHOT_DAYS = 7;

/**
 * The months that an event collects, newest first: the running month, the last closed month while AWS revises it, months
 * that were published while running or are missing between published months, months that were computed without split
 * rules that can be read again, and the months of a backfill; without the months that are fresh.
 * @param config the hash of the configuration; a last closed month of another configuration is collected again
 * @param withoutRules the hash of the same configuration without its split rules; equal to `config` where this run could
 * not read them either
 * @throws RangeError for a month that has not begun, or a backfill that is longer than Cost Explorer's history
 */
export function monthsToCollect(
  event: CollectEvent,
  index: IndexDocument | null,
  config: string,
  withoutRules = config,
): readonly Month[] {
  return wantedMonths(event, index, config, withoutRules).filter(
    (month) => !isFresh(month, event, index, config),
  );
}

/** The months of an event that were collected recently enough for it, newest first. */
export function freshMonths(
  event: CollectEvent,
  index: IndexDocument | null,
  config: string,
  withoutRules = config,
): readonly Month[] {
  return wantedMonths(event, index, config, withoutRules).filter((month) =>
    isFresh(month, event, index, config),
  );
}

function wantedMonths(
  event: CollectEvent,
  index: IndexDocument | null,
  config: string,
  withoutRules: string,
): readonly Month[] {
  const { at, backfill, period } = event;
  const running = runningWindow(at);
  const newest = running === null ? lastClosedMonth(at) : monthOf(running.start);
  if (period !== undefined) return [onlyMonth(period, newest, at)];
  if (!Number.isInteger(backfill) || backfill < 0 || backfill > EXTENDED_HISTORY_MONTHS) {
    throw new RangeError(
      `A backfill takes 0 to ${EXTENDED_HISTORY_MONTHS} months, the longest history that Cost Explorer keeps; not ${backfill}.`,
    );
  }
  const wanted = new Set<Month>([newest]);
  if (isDue(lastClosedMonth(at), at, index, config)) wanted.add(lastClosedMonth(at));
  if (config !== withoutRules)
    for (const month of monthsOfConfig(withoutRules, index, newest, at)) wanted.add(month);
  for (const month of incompleteMonths(index, newest, at)) wanted.add(month);
  for (let ago = 1; ago <= backfill; ago++) wanted.add(addMonths(eventMonth(at), -ago));
  return [...wanted].sort().reverse();
}

function onlyMonth(period: Month, newest: Month, at: Instant): Month {
  if (period <= newest && period >= addMonths(eventMonth(at), -EXTENDED_HISTORY_MONTHS)) return period;
  throw new RangeError(
    `${period} cannot be collected at ${at}: months from ${addMonths(eventMonth(at), -EXTENDED_HISTORY_MONTHS)} to ${newest} can.`,
  );
}

function isDue(closed: Month, at: Instant, index: IndexDocument | null, config: string): boolean {
  const snapshot = index?.snapshot[closed];
  if (snapshot === undefined || snapshot.is_mtd || snapshot.config !== config) return true;
  if (Number(at.slice(8, 10)) <= SETTLES_ON_DAY) return true;
  return Date.parse(at) - Date.parse(snapshot.as_of) >= SNAPSHOT_DAYS * 86_400_000;
}

function isFresh(
  month: Month,
  { at, force, freshSince }: CollectEvent,
  index: IndexDocument | null,
  config: string,
): boolean {
  const snapshot = index?.snapshot[month];
  if (force || freshSince === undefined || snapshot?.config !== config) return false;
  const { as_of, is_mtd } = snapshot;
  if (as_of >= at) return true; // a later snapshot would not be replaced
  // A running month ends a day later every day, and a month that has closed since is not complete.
  const isSameSpan = is_mtd ? dayOfInstant(as_of) === dayOfInstant(at) : !runsAt(month, at);
  return isSameSpan && as_of >= freshSince;
}

/**
 * Months that no collection completed: published while running, or missing between two published months. Only within
 * Cost Explorer's longest history: an older month would be refused every day.
 */
function incompleteMonths(index: IndexDocument | null, newest: Month, at: Instant): readonly Month[] {
  const published = [...(index?.periods ?? [])].sort();
  const [oldest] = published;
  if (index === null || oldest === undefined) return [];
  const earliest = addMonths(eventMonth(at), -EXTENDED_HISTORY_MONTHS);
  return monthsFrom(oldest, newest).filter(
    (month) => month >= earliest && (index.snapshot[month]?.is_mtd ?? true),
  );
}

/** Published months of a configuration, within the history that every account has: an older month may be refused every day. */
function monthsOfConfig(
  config: string,
  index: IndexDocument | null,
  newest: Month,
  at: Instant,
): readonly Month[] {
  return (index?.periods ?? []).filter(
    (month) => month >= oldestMonth(at) && month <= newest && index?.snapshot[month]?.config === config,
  );
}

/** Whether a month runs at the event's time and has complete days, so that it has a forecast and a prior period to date. */
export const runsAt = (month: Month, at: Instant): boolean =>
  isRunning(month, at) && runningWindow(at) !== null;
