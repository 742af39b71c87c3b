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
import type { CollectEvent } from "./event.ts";

/** Cost Explorer revises a closed month for days: until this day of the next one it is read again daily. */
const SETTLES_ON_DAY = 10;

/** After that a snapshot of the last closed month is renewed when it is this old: support charges and refunds come late. */
const SNAPSHOT_DAYS = 7;

/**
 * The months that an event collects, newest first: the running month, the last closed one while it still moves,
 * whatever was left running or is missing between published months, what was computed without split rules that can be
 * read again, and what a backfill asks for; without those that are fresh.
 * @param config the hash of the configuration; a last closed month that was computed otherwise is read again
 * @param withoutRules the hash of the same configuration where its split rules could not be read; equal to `config`
 * where this run could not read them either
 * @throws RangeError for a month that has not begun, or a backfill that is longer than Cost Explorer's memory
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

/** The months that an event wants and that were collected recently enough for it, newest first. */
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
    for (const month of computedAs(withoutRules, index, newest, at)) wanted.add(month);
  for (const month of leftOpen(index, newest, at)) wanted.add(month);
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
  if (as_of >= at) return true; // what this event would find could not replace it
  // A running month has another end every day, and one that has closed since is not whole.
  const isSameSpan = is_mtd ? dayOfInstant(as_of) === dayOfInstant(at) : !runsAt(month, at);
  return isSameSpan && as_of >= freshSince;
}

/**
 * Months that the pipeline slept over: published while running, or missing between two published ones. Only as far back
 * as Cost Explorer can remember at all: nobody can answer for what is older, and it would be asked for every day.
 */
function leftOpen(index: IndexDocument | null, newest: Month, at: Instant): readonly Month[] {
  const published = [...(index?.periods ?? [])].sort();
  const [oldest] = published;
  if (index === null || oldest === undefined) return [];
  const remembered = addMonths(eventMonth(at), -EXTENDED_HISTORY_MONTHS);
  return monthsFrom(oldest, newest).filter(
    (month) => month >= remembered && (index.snapshot[month]?.is_mtd ?? true),
  );
}

/**
 * Published months of a configuration, as far back as every account has history: an older month may be refused, and it
 * would be asked for every day.
 */
function computedAs(
  config: string,
  index: IndexDocument | null,
  newest: Month,
  at: Instant,
): readonly Month[] {
  return (index?.periods ?? []).filter(
    (month) => month >= oldestMonth(at) && month <= newest && index?.snapshot[month]?.config === config,
  );
}

/** Whether a month is still running at the event, so that it gets a forecast and a like-for-like span. */
export const runsAt = (month: Month, at: Instant): boolean =>
  isRunning(month, at) && runningWindow(at) !== null;
