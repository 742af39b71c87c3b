import {
  chargesOnDate,
  type DayGrid,
  isDistinct,
  ordinaryCost,
  recentLevel,
  recurringCost,
  type Series,
  typicalDeviation,
} from "../forecast/index.ts";
import { SizeWindow } from "./size-window.ts";

/** How often the usual deviation a day must be away from its expectation. */
const USUAL_DEVIATIONS = 3;

/** And by what part of the expectation at the least. */
const LEAST_PART = 0.15;

/** How much a charge that recurs on a date may grow before it is unusual: half. Support and tax follow the bill. */
const RECURRING_GROWTH = 1.5;

/** Judged days before one can be unusual. */
const FEWEST_SIZES = 14;

/** Days of one event are at most this far apart: a weekend between them does not make two. */
const EVENT_GAP = 3;

/** After so many days the level of an event is the expectation. */
const LEVEL_DAYS = 14;

/** Of something that is used now and then: how far above its largest cost of the last weeks it must be. */
const SPARSE_GROWTH = 1.5;
const SPARSE_DAYS = 56;

/** A day against its expectation. */
export interface JudgedDay {
  readonly cost: number;
  readonly expected: number;
  /** The first day of the event that the day is part of; `null` for a day that is as expected. */
  readonly since: number | null;
}

/**
 * Judges a day by the days before it, one after the other:
 *
 * - It is expected to cost the median of the last four of its weekday, moved by half of what the last week deviated from
 *   that, and what recurs on its date.
 * - It is unusual further away than three usual deviations, 15 % of its expectation and `least`. Deviations are parts of the
 *   expectation, so that a busy weekday may deviate more. The usual one is that of the last six weeks: the larger of
 *   1.4826 × their median size (the MAD: Hampel, 1974) and of their ninth decile ÷ 1.645, which is the same for normal
 *   deviations and not 0 where most days are alike.
 * - What recurs on a date may be half as large again, late or absent.
 * - What costs nothing on most days is unusual only where it costs half as much again as in the eight weeks before.
 * - A fall is unusual from its second day on.
 * - Unusual days of one direction, at most three days apart, are one event. They are left out of what later days are
 *   expected to cost. On the fifteenth day the event is over, and its days alone are what the next days are expected to cost.
 * @returns `null` where the day or the days before it are not known
 */
export function judgedDay(costs: Series, days: DayGrid, day: number, least: number): JudgedDay | null {
  const deviations = new Float64Array(day + 1).fill(Number.NaN);
  const isLeftOut = new Uint8Array(day + 1);
  const sizes = new SizeWindow();
  let event = null as UnusualEvent | null;
  let [from, typical] = [0, 0];
  let judged: JudgedDay | null = null;

  for (let at = 0; at <= day; at += 1) {
    const cost = costs[at] ?? Number.NaN;
    judged = null;
    if (Number.isNaN(cost)) continue;
    if (event !== null && at - event.last > EVENT_GAP) {
      // An event counts as one day of what is usual: what happens every week is.
      sizes.add(event.size);
      event = null;
    }
    if (event !== null && at - event.since >= LEVEL_DAYS) {
      from = event.since;
      adoptLevel({ costs, days, deviations, isLeftOut, sizes, least }, from, at);
      event = null;
    }
    const known = { from, until: at, isLeftOut };
    if (at % 7 === 0) typical = typicalDeviation(deviations, known);
    const ordinary = ordinaryCost(costs, days, at, known);
    deviations[at] = cost - ordinary;
    const base = ordinary + recentLevel(deviations, days, known);
    // What does not stand out is no charge of its date; on the day itself it may be missing.
    const mayRecur = at === day || isDistinct(cost - base, typical);
    const charges = mayRecur ? chargesOnDate(deviations, days, at, at) : [];
    const recurring = recurringCost(charges, days.date[at] === 1, typical);
    const expected = base + recurring;
    if (Number.isNaN(expected)) continue;

    const size = Math.max(Math.abs(base), least);
    const tolerance = Math.max(USUAL_DEVIATIONS * sizes.usual() * size, LEAST_PART * size, least);
    const high =
      Math.max(
        base + RECURRING_GROWTH * Math.max(0, recurring, ...charges),
        sparseHigh(costs, event?.since ?? at),
      ) + tolerance;
    const low = base + RECURRING_GROWTH * Math.min(0, recurring, ...charges) - tolerance;
    const sign: number = cost > high ? 1 : cost < low ? -1 : 0;
    if (sign === 0 || sizes.length < FEWEST_SIZES) {
      sizes.add(Math.abs(cost - expected) / size);
      if (recurring !== 0) isLeftOut[at] = 1;
      judged = { cost, expected, since: null };
      continue;
    }
    if (event === null || event.sign !== sign)
      event = { since: at, last: at, sign, size: Math.abs(cost - expected) / size };
    event.last = at;
    isLeftOut[at] = 1;
    // A holiday looks like a fall, and so does a day that is revised later.
    const isEvent = sign > 0 || event.since < at;
    judged = { cost, expected, since: isEvent ? event.since : null };
  }
  return judged;
}

interface UnusualEvent {
  readonly since: number;
  last: number;
  /** 1 of rises, -1 of falls. */
  readonly sign: number;
  /** How far its first day deviates, as a part of its expectation. */
  readonly size: number;
}

interface JudgedDays {
  readonly costs: Series;
  readonly days: DayGrid;
  readonly deviations: Series;
  readonly isLeftOut: Uint8Array;
  readonly sizes: SizeWindow;
  readonly least: number;
}

/** Takes the days of an event, from `since` on, as the new level: their deviations are those from their own weekdays. */
function adoptLevel(
  { costs, days, deviations, isLeftOut, sizes, least }: JudgedDays,
  since: number,
  until: number,
): void {
  isLeftOut.fill(0, since, until);
  sizes.clear();
  for (let at = since; at < until; at += 1) {
    const next = at + 7 * Math.ceil((until - at) / 7);
    const deviation = (costs[at] ?? Number.NaN) - ordinaryCost(costs, days, next, { from: since, until });
    deviations[at] = deviation;
    // Two days a weekday: each is half as far from their mean as they are from each other.
    const size = Math.max(Math.abs((costs[at] ?? 0) - deviation), least);
    if (!Number.isNaN(deviation)) sizes.add((2 * Math.abs(deviation)) / size);
  }
}

/** Of something that costs nothing on most days before an event: what it may cost; else no bound. */
function sparseHigh(costs: Series, until: number): number {
  let [known, zeros, largest] = [0, 0, 0];
  for (let before = Math.max(0, until - SPARSE_DAYS); before < until; before += 1) {
    const cost = costs[before] ?? Number.NaN;
    if (Number.isNaN(cost)) continue;
    known += 1;
    if (cost === 0) zeros += 1;
    else if (cost > largest) largest = cost;
  }
  return 2 * zeros > known ? SPARSE_GROWTH * largest : Number.NEGATIVE_INFINITY;
}
