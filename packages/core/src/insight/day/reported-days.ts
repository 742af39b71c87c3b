import {
  addDays,
  type Day,
  firstDay,
  monthOf,
  priorPeriodToDateWindow,
  type Window,
} from "../../calendar/index.ts";
import type { DailyFigures } from "../../daily/index.ts";
import type { Money } from "../../money/index.ts";
import { type Change, changeOf } from "../change.ts";
import { sameDaysText } from "../period-text.ts";
import type { Sentence } from "../sentence.ts";
import type { ListedDays } from "./cost-list.ts";
import { AVERAGE_DAYS, daysOfWindow, dayWindow, weekBefore } from "./day-costs.ts";
import type { SeenFigures } from "./seen-figures.ts";

/** The day or the month so far, and what it is compared with. */
export interface ReportedDays {
  /** As titles name it. */
  readonly words: "the day" | "the month so far";
  readonly window: Window;
  /** `null` where one of its days is not known. */
  readonly total: Money | null;
  readonly base: Money | null;
  readonly change: Change;
  /** "Average of the 7 days before, Jan 7–13" */
  readonly baseLabel: Sentence;
  /** "the 7-day average" */
  readonly against: string;
  /** The days of a list's lines. */
  readonly listed: ListedDays;
}

/** A day against the average of the seven days before it. */
export function reportedDay({ days }: DailyFigures, seen: SeenFigures, day: Day): ReportedDays {
  const window = dayWindow(day);
  const listed = {
    current: daysOfWindow(days, window),
    base: daysOfWindow(days, weekBefore(day), AVERAGE_DAYS),
  };
  const [total, base] = [seen.costOn(listed.current), seen.costOn(listed.base)];
  return {
    words: "the day",
    window,
    total,
    base,
    change: changeOf(total, base),
    baseLabel: [`Average of the ${AVERAGE_DAYS} days before, `, { kind: "window", window: weekBefore(day) }],
    against: `the ${AVERAGE_DAYS}-day average`,
    listed,
  };
}

/** A month through a day against the same days of the month before. */
export function reportedMonth({ days }: DailyFigures, seen: SeenFigures, day: Day): ReportedDays {
  const window = { start: firstDay(monthOf(day)), end: addDays(day, 1) };
  const before = priorPeriodToDateWindow(window);
  const listed = { current: daysOfWindow(days, window), base: daysOfWindow(days, before) };
  const [total, base] = [seen.costOn(listed.current), seen.costOn(listed.base)];
  const same = sameDaysText(before);
  return {
    words: "the month so far",
    window,
    total,
    base,
    change: changeOf(total, base),
    baseLabel: [`${same}, `, { kind: "window", window: before }],
    against: same.charAt(0).toLowerCase() + same.slice(1),
    listed,
  };
}
