import { addDays, type Day, daysIn, daysInMonth, monthOf, type Window } from "../calendar/index.ts";
import { type Money, magnitude } from "../money/index.ts";

/**
 * The days before the event that may be incomplete. AWS delivers a day up to four days late, and the first day that it
 * has delivered is often partial: five. So a real fall of spending is in the comparison five days after it began.
 */
export const LATE_DAYS = 5;

/** The weeks before the late days whose weekdays say what a late day is expected to cost. */
const COMPARED_WEEKS = 4;

/** How far a complete day may be below its expectation, in percent: twice what its weekdays differ, within these. */
const TOLERANCE = { least: 5n, most: 15n };

/** Daily totals, ungrouped. */
export interface DailyTotals {
  /** In one currency. A day without an entry has no charge. */
  readonly totals: ReadonlyMap<Day, Money>;
  /** The days that were queried: up to the event's day, which is not part of it. */
  readonly window: Window;
  /** The day after the last charge of a bill that ends by itself, as a file does; `null` for a bill that goes on. */
  readonly dataEnd: Day | null;
  /** Whether the days are those of a closed month: then a day without cost is missing only where a cost is expected. */
  readonly isClosed: boolean;
}

/**
 * The end of the complete days, exclusive: the first day that is not delivered, or the end of the window. At 06:00 UTC
 * yesterday is often partial, and sometimes two to four days are missing. The rule, the same for every source:
 *
 * - A day older than five days is complete. For a bill that ends by itself, the five days before its end count.
 * - Each of the newer days has an expectation: the lower median of the same weekday in the four weeks before the five
 *   days. Each is scaled by the level then and now: the median of the seven days before the five days, and before the
 *   same days of that week. So weekday patterns, growth, shrinking and single large charges or credits are expected.
 *   Without such a week, the median of the days before counts. The first of a month is also expected to cost what the
 *   first of the month before did: fees are charged on that day. A day of a longer month is expected to cost less, by the
 *   lengths of the months: what is kept is billed by the month.
 * - A day without cost is not delivered where a cost is expected. A day is partial that is further below its expectation
 *   than twice what its weekdays differ from each other, but 5 % at least and 15 % at most.
 * - The newest day that is neither is the last complete day: charges arrive in order.
 */
export function deliveredEnd({ totals, window, dataEnd, isClosed }: DailyTotals): Day {
  const costOf = (day: Day): bigint => totals.get(day)?.units ?? 0n;
  const since = firstDayWithCost(totals, window);
  if (since === null) return window.end;
  const newestEnd = dataEnd !== null && dataEnd < window.end ? dataEnd : window.end;
  const firstLate = addDays(newestEnd, -LATE_DAYS);
  const history: History = { costOf, since, until: firstLate };
  for (let end = window.end; end > firstLate && end > window.start; end = addDays(end, -1)) {
    const day = addDays(end, -1);
    const expectation = expectationOf(day, history);
    if (expectation === null ? isClosed || costOf(day) !== 0n : isComplete(costOf(day), expectation))
      return end;
  }
  return firstLate > window.start ? firstLate : window.start;
}

/** Whether `deliveredEnd` can be before the end of the window: not where all of it is older than the late days. */
export const mayBeIncomplete = (window: Window, today: Day, dataEnd: Day | null): boolean =>
  window.end > addDays(dataEnd !== null && dataEnd < today ? dataEnd : today, -LATE_DAYS);

/** The complete days that expectations are taken from. */
interface History {
  readonly costOf: (day: Day) => bigint;
  /** The first day with a cost: before it there was no account. */
  readonly since: Day;
  readonly until: Day;
}

interface Expectation {
  readonly cost: bigint;
  /** Between the highest and the lowest of the same weekdays. */
  readonly spread: bigint;
}

function isComplete(cost: bigint, { cost: expected, spread }: Expectation): boolean {
  if (cost === 0n) return expected === 0n;
  const size = magnitude(expected);
  const tolerance = smaller(
    larger(2n * spread, (size * TOLERANCE.least) / 100n),
    (size * TOLERANCE.most) / 100n,
  );
  return cost >= expected - tolerance;
}

/** `null` where no day before the late days says anything. */
function expectationOf(day: Day, history: History): Expectation | null {
  const byWeekday = weekdayExpectation(day, history);
  const first = firstOfMonthBefore(day);
  if (first === null || first < history.since || first >= history.until) return byWeekday;
  const cost = inMonthOf(day, history.costOf(first), first);
  return byWeekday === null || cost > byWeekday.cost ? { cost, spread: byWeekday?.spread ?? 0n } : byWeekday;
}

function weekdayExpectation(day: Day, history: History): Expectation | null {
  const { costOf, since, until } = history;
  const level = levelAt(until, history);
  const weeksSince = Math.max(1, Math.ceil((daysIn({ start: until, end: day }) + 1) / 7));
  const plain: bigint[] = [];
  const scaled: bigint[] = [];
  for (let week = weeksSince; week < weeksSince + COMPARED_WEEKS; week += 1) {
    const before = addDays(day, -7 * week);
    if (before < since) break;
    plain.push(inMonthOf(day, costOf(before), before));
    const levelThen = levelAt(addDays(until, -7 * week), history);
    if (level === null || levelThen === null || level < 0n || levelThen <= 0n) continue;
    scaled.push(inMonthOf(day, (costOf(before) * level) / levelThen, addDays(until, -1)));
  }
  const costs = [scaled, plain, daysBefore(until, history)].find(({ length }) => length > 0) ?? [];
  const sorted = inOrder(costs);
  const [lowest, highest, cost] = [sorted[0], sorted.at(-1), lowerMedian(sorted)];
  if (lowest === undefined || highest === undefined || cost === null) return null;
  return { cost, spread: highest - lowest };
}

/** What a cost of one day is in the month of another, where that is longer: a day of it has a smaller share. */
function inMonthOf(day: Day, cost: bigint, before: Day): bigint {
  const [now, then] = [daysInMonth(monthOf(day)), daysInMonth(monthOf(before))];
  return now > then && cost > 0n ? (cost * BigInt(then)) / BigInt(now) : cost;
}

/** The median of the seven days before a day; `null` where the account is younger. */
function levelAt(day: Day, history: History): bigint | null {
  const costs = daysBefore(day, history);
  return costs.length < 7 ? null : lowerMedian(inOrder(costs));
}

/** The costs of the seven days before a day, as far as the account reaches back. */
function daysBefore(day: Day, { costOf, since }: History): readonly bigint[] {
  const days = Array.from({ length: 7 }, (_, ago) => addDays(day, -ago - 1));
  return days.filter((before) => before >= since).map(costOf);
}

const inOrder = (costs: readonly bigint[]) => [...costs].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

const lowerMedian = (sorted: readonly bigint[]): bigint | null => sorted[(sorted.length - 1) >> 1] ?? null;

function firstDayWithCost(totals: DailyTotals["totals"], { start, end }: Window): Day | null {
  const days = [...totals].flatMap(([day, { units }]) =>
    units === 0n || day < start || day >= end ? [] : [day],
  );
  return days.sort()[0] ?? null;
}

const firstOfMonthBefore = (day: Day): Day | null =>
  day.endsWith("-01") ? `${addDays(day, -1).slice(0, 7)}-01` : null;

const smaller = (a: bigint, b: bigint) => (a < b ? a : b);
const larger = (a: bigint, b: bigint) => (a > b ? a : b);
