import {
  addMonths,
  type Instant,
  type Month,
  monthWindow,
  oldestMonth,
  priorPeriodToDateWindow,
  runningWindow,
  type Window,
  windowOf,
} from "@dapanoskop/core/calendar";
import { runsAt } from "./plan.ts";

/** Consecutive months that are asked about together: one request covers them all. */
export interface Batch {
  /** Oldest first. */
  readonly months: readonly Month[];
  /** What is asked by workload and usage type: the months as the event sees them. */
  readonly window: Window;
  /** The same days of the month before, when the newest month is still running: then the batch is asked in days. */
  readonly like: Window | null;
  /** Months that are published need more answers than those that are only compared with. */
  readonly role: "published" | "compared";
}

/**
 * The batches of months that are asked for, newest first. The running month stands together with the one before it,
 * which its like-for-like span needs in days anyway; the rest in runs of consecutive months, at most `size` long.
 */
export function batchesOf(
  months: readonly Month[],
  at: Instant,
  role: Batch["role"],
  size: number,
): readonly Batch[] {
  const newestFirst = [...new Set(months)].sort().reverse();
  const running = newestFirst.find((month) => runsAt(month, at));
  const open = running === undefined ? [] : newestFirst.filter((month) => month >= addMonths(running, -1));
  const runs: Month[][] = open.length > 0 ? [open] : [];
  for (const month of newestFirst.slice(open.length)) {
    const last = runs.at(-1);
    const follows = last !== undefined && last !== open && last.at(-1) === addMonths(month, 1);
    if (follows && last.length < size) last.push(month);
    else runs.push([month]);
  }
  return runs.map((run) => batch([...run].reverse(), at, role));
}

/**
 * The batches of months that may reach beyond the history that every account has: what lies before it stands apart, so
 * that a refusal costs one request and takes no month with it that could have been answered.
 */
export function batchesByHistory(
  months: readonly Month[],
  at: Instant,
  role: Batch["role"],
  size: number,
): readonly Batch[] {
  const isWithin = (month: Month) => month >= oldestMonth(at);
  return [months.filter(isWithin), months.filter((month) => !isWithin(month))].flatMap((part) =>
    batchesOf(part, at, role, size),
  );
}

/** One batch of consecutive months, oldest first. */
export function batch(months: readonly Month[], at: Instant, role: Batch["role"]): Batch {
  const oldest = months[0];
  const newest = months.at(-1);
  if (oldest === undefined || newest === undefined) throw new TypeError("A batch holds at least one month.");
  const running = runningWindow(at);
  return {
    months,
    window: { start: monthWindow(oldest).start, end: windowOf(newest, at).end },
    like:
      role === "published" && running !== null && runsAt(newest, at)
        ? priorPeriodToDateWindow(running)
        : null,
    role,
  };
}

/** The window that the daily answers of a running batch cover: the like-for-like span too. */
export function dailyWindow({ window, like }: Batch): Window {
  return like === null || window.start <= like.start ? window : { start: like.start, end: window.end };
}

/** The months that each published month is compared with: the one before and the same one a year before. */
export const comparedWith = (month: Month): readonly Month[] => [addMonths(month, -1), addMonths(month, -12)];
