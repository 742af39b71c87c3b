import type { Instant, Month } from "@dapanoskop/core/calendar";

/** What is collected, and when: the event's own time is the clock, so that a retry after midnight collects the same day. */
export interface CollectEvent {
  readonly at: Instant;
  /** Closed months before the event's month to collect as well, 0 to 37. */
  readonly backfill: number;
  /** One month to collect instead of the usual ones. */
  readonly period?: Month;
  /** Publishes months that would be quarantined, and replaces a snapshot of the same time. */
  readonly force: boolean;
  /**
   * A month that was collected at this time or later under the same configuration is not queried again, unless
   * forced: an event that comes twice pays once, and a backfill that ran out of time continues where it ended. Absent:
   * every month is queried.
   */
  readonly freshSince?: Instant;
}

/** What became of a month. */
export interface MonthOutcome {
  readonly period: Month;
  readonly outcome: "published" | "unchanged" | "skipped" | "quarantined" | "failed";
  /** A sentence for everything but `published`. */
  readonly why: string | null;
  /**
   * How a closed month differs from what was published of it, as the end of a sentence: `revised by +1 USD: 280 as of
   * 2026-03-02T06:00:00Z, now 281`. Absent where the total is the same, or the month was not published as closed.
   */
  readonly revised?: string;
  /** The run's time ended before the month: the same event with `freshSince` continues here. */
  readonly outOfTime?: true;
}

export interface CollectResult {
  readonly runId: string;
  /** The generation of the index that names this run's months; `null` when nothing was committed. */
  readonly generation: number | null;
  readonly months: readonly MonthOutcome[];
  readonly requests: { readonly pages: number; readonly other: number; readonly priceUsd: number };
  /** What a bill file has and what was collected of it; `null` for a source that goes on. */
  readonly billSpan: string | null;
  /** Sentences about figures that are unknown, and what to do. */
  readonly warnings: readonly string[];
}
