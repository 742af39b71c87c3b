import type { Month } from "@dapanoskop/core/calendar";
import {
  HISTORY_LENGTH,
  type IndexDocument,
  REVISED_LENGTH,
  SCHEMA,
  type Snapshot,
  type SnapshotFile,
} from "@dapanoskop/dataset";
import type { NewMonth, PublishedMonth, PublishRun } from "./publish-run.ts";

/** A month of the run with its staged files: the next index names them. */
export interface StagedMonth {
  readonly month: NewMonth;
  readonly files: ReadonlyMap<string, SnapshotFile>;
}

/** What will happen to each month of a run: a later event wins against the published one, and of the same event the first. */
export function outcomesBefore(run: PublishRun, index: IndexDocument | null): readonly PublishedMonth[] {
  return run.months.map(({ period, config }) => {
    const existing = snapshotOf(index, period);
    if (existing === null || existing.as_of < run.at) return { period, outcome: "published" };
    if (existing.as_of > run.at) return { period, outcome: "dropped-newer" };
    return { period, outcome: run.force || existing.config !== config ? "published" : "dropped-same" };
  });
}

/** The generation in which a run committed; `null` when the history does not list the run. */
export function generationOf(runId: string, index: IndexDocument | null): number | null {
  return index?.history.find(({ run_id }) => run_id === runId)?.generation ?? null;
}

/** What happened to the months of a run that an index already lists, as far as that index records it. */
export function outcomesCommitted(run: PublishRun, index: IndexDocument): readonly PublishedMonth[] {
  return run.months.map(({ period }) => {
    const existing = snapshotOf(index, period);
    if (existing === null || existing.run_id === run.runId) return { period, outcome: "published" };
    return { period, outcome: existing.as_of > run.at ? "dropped-newer" : "dropped-same" };
  });
}

/** The months of the next index, newest first. */
export function mergedPeriods(index: IndexDocument | null, accepted: readonly Month[]): readonly Month[] {
  return [...new Set([...(index?.periods ?? []), ...accepted])].sort().reverse();
}

/** The next index: the current one with the accepted months in their place. Months that other runs published stay. */
export function nextIndex(
  run: PublishRun,
  index: IndexDocument | null,
  accepted: readonly StagedMonth[],
  shared: ReadonlyMap<string, SnapshotFile>,
): IndexDocument {
  const generation = (index?.generation ?? 0) + 1;
  const acceptedMonths = new Map(accepted.map((staged) => [staged.month.period, staged]));
  const periods = mergedPeriods(index, [...acceptedMonths.keys()]);
  const snapshots = periods.flatMap((period) => {
    const staged = acceptedMonths.get(period);
    const existing = snapshotOf(index, period);
    const snapshot = staged === undefined ? existing : snapshotFrom(run, staged, existing);
    return snapshot === null ? [] : [[period, snapshot] as const];
  });
  return {
    schema: SCHEMA,
    generation,
    run_id: run.runId,
    published_at: run.at,
    source: run.source,
    periods: [...periods],
    snapshot: Object.fromEntries(snapshots),
    shared: { ...index?.shared, ...Object.fromEntries(shared) },
    history: [...(index?.history ?? []), { generation, run_id: run.runId }].slice(-HISTORY_LENGTH),
  };
}

function snapshotFrom(run: PublishRun, { month, files }: StagedMonth, existing: Snapshot | null): Snapshot {
  return {
    run_id: run.runId,
    as_of: run.at,
    estimated: month.estimated,
    is_mtd: month.isMtd,
    has_days: month.hasDays,
    config: month.config,
    total_cost_usd: month.totalCost,
    files: Object.fromEntries(files),
    restated: earlierTotals(existing, month.totalCost),
  };
}

function earlierTotals(existing: Snapshot | null, total: number): Snapshot["restated"] {
  if (existing === null) return [];
  const { run_id, as_of, total_cost_usd } = existing;
  if (total_cost_usd === total) return existing.restated;
  return [...existing.restated, { run_id, as_of, total_cost_usd }].slice(-REVISED_LENGTH);
}

function snapshotOf(index: IndexDocument | null, period: Month): Snapshot | null {
  return index !== null && Object.hasOwn(index.snapshot, period) ? (index.snapshot[period] ?? null) : null;
}
