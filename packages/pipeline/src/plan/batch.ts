import {
  addMonths,
  type Day,
  dayOfInstant,
  type Instant,
  type Month,
  monthWindow,
  oldestMonth,
  priorPeriodToDateWindow,
  runningWindow,
  windowOf,
} from "@dapanoskop/core/calendar";
import { mayBeIncomplete } from "@dapanoskop/core/ledger";
import { type BatchQueries, type BatchWindows, batchQueries, type QueryConfig } from "./batch-queries.ts";
import { runsAt } from "./months-to-collect.ts";

/** Consecutive months that are queried together: one request covers them all. */
export interface Batch extends BatchWindows {
  /** Oldest first. */
  readonly months: readonly Month[];
  /** Months that are published need more answers than months that are only compared with. */
  readonly role: "published" | "compared";
  readonly queries: BatchQueries;
}

/** What all batches of a collection share. */
export interface BatchContext {
  readonly at: Instant;
  readonly config: QueryConfig;
  /** The day after the last charge of a bill that ends by itself; `null` for a bill that goes on. */
  readonly dataEnd: Day | null;
  /** Whether the source has the days of every month; absent: only those of the history that every account has. */
  readonly hasAllDays?: boolean | undefined;
}

/** One batch of consecutive months, oldest first, as if every day up to the event were complete. */
export function batchOf(months: readonly Month[], role: Batch["role"], context: BatchContext): Batch {
  const { at, dataEnd, config, hasAllDays = false } = context;
  const oldest = months[0];
  const newest = months.at(-1);
  if (oldest === undefined || newest === undefined) throw new TypeError("A batch has at least one month.");
  const completeDays = role === "published" && runsAt(newest, at) ? runningWindow(at) : null;
  const window = { start: monthWindow(oldest).start, end: windowOf(newest, at).end };
  const isRunning = completeDays !== null;
  const mayLackDays = isRunning || mayBeIncomplete(window, dayOfInstant(at), dataEnd);
  const windows = {
    window,
    completeDays,
    priorPeriodToDate: completeDays && priorPeriodToDateWindow(completeDays),
    isRunning,
    hasDays: role === "published" && (hasAllDays || oldest >= oldestMonth(at)),
    mayLackDays,
    hasMonthBefore: mayLackDays && !isRunning && months.length === 1,
  };
  return { months, role, ...windows, queries: batchQueries(windows, role, config) };
}

/** The batch without the month before: without its prior period to date, and without what its last days are expected to cost. */
export function withoutMonthBefore(batch: Batch, { config }: BatchContext): Batch {
  const windows = { ...batch, priorPeriodToDate: null, hasMonthBefore: false };
  return { ...windows, queries: batchQueries(windows, batch.role, config) };
}

/**
 * The batch with its complete days, which the answer to its first query shows.
 * @param end the first day that is not complete
 */
export function withCompleteDays(batch: Batch, end: Day, { config }: BatchContext): Batch {
  const { completeDays: elapsed, priorPeriodToDate: prior } = batch;
  const completeDays = elapsed === null || end <= elapsed.start ? null : { start: elapsed.start, end };
  const priorPeriodToDate = prior && completeDays && priorPeriodToDateWindow(completeDays);
  const windows = { ...batch, completeDays, priorPeriodToDate };
  return { ...windows, queries: batchQueries(windows, batch.role, config) };
}

/**
 * The batches of months, newest first. The running month and the month before it are one batch, because the prior period
 * to date needs days of both; the other batches have at most `size` consecutive months.
 *
 * Months before the history that every account has are in batches of their own, so that their refusal costs one request
 * and takes no other month with it.
 */
export function batchesOf(
  months: readonly Month[],
  role: Batch["role"],
  size: number,
  context: BatchContext,
): readonly Batch[] {
  const isWithin = (month: Month) => month >= oldestMonth(context.at);
  return [months.filter(isWithin), months.filter((month) => !isWithin(month))]
    .flatMap((part) => runsOf(part, size, context.at))
    .map((run) => batchOf(run, role, context));
}

/** Runs of consecutive months: the runs newest first, each oldest first. */
function runsOf(months: readonly Month[], size: number, at: Instant): readonly (readonly Month[])[] {
  const newestFirst = [...new Set(months)].sort().reverse();
  const running = newestFirst.find((month) => runsAt(month, at));
  const open = running === undefined ? [] : newestFirst.filter((month) => month >= addMonths(running, -1));
  const runs: Month[][] = [];
  for (const month of newestFirst.slice(open.length)) {
    const last = runs.at(-1);
    if (last?.at(-1) === addMonths(month, 1) && last.length < size) last.push(month);
    else runs.push([month]);
  }
  return [open, ...runs].filter((run) => run.length > 0).map((run) => [...run].reverse());
}
