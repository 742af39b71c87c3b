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

/** A month of the run with its staged files: what a snapshot will name. */
export interface StagedMonth {
  readonly month: NewMonth;
  readonly files: ReadonlyMap<string, SnapshotFile>;
}

/** What becomes of each month of a run against what stands: a later event wins, and of the same event the first one. */
export function judge(run: PublishRun, index: IndexDocument | null): readonly PublishedMonth[] {
  return run.months.map(({ period, config }) => {
    const standing = snapshotOf(index, period);
    if (standing === null || standing.as_of < run.at) return { period, outcome: "published" };
    if (standing.as_of > run.at) return { period, outcome: "dropped-newer" };
    return { period, outcome: run.force || standing.config !== config ? "published" : "dropped-same" };
  });
}

/** The generation in which a run committed; `null` when the index does not know the run. */
export function generationOf(runId: string, index: IndexDocument | null): number | null {
  return index?.history.find(({ run_id }) => run_id === runId)?.generation ?? null;
}

/** What became of a run's months that an index already knows, as far as that index can tell. */
export function judgeCommitted(run: PublishRun, index: IndexDocument): readonly PublishedMonth[] {
  return run.months.map(({ period }) => {
    const standing = snapshotOf(index, period);
    if (standing === null || standing.run_id === run.runId) return { period, outcome: "published" };
    return { period, outcome: standing.as_of > run.at ? "dropped-newer" : "dropped-same" };
  });
}

/** The months of the next index, newest first. */
export function mergedPeriods(index: IndexDocument | null, accepted: readonly Month[]): readonly Month[] {
  return [...new Set([...(index?.periods ?? []), ...accepted])].sort().reverse();
}

/** The next index: what stands, with the accepted months in their place. Months that others published stay. */
export function nextIndex(
  run: PublishRun,
  index: IndexDocument | null,
  accepted: readonly StagedMonth[],
  shared: ReadonlyMap<string, SnapshotFile>,
): IndexDocument {
  const generation = (index?.generation ?? 0) + 1;
  const taken = new Map(accepted.map((staged) => [staged.month.period, staged]));
  const periods = mergedPeriods(index, [...taken.keys()]);
  const snapshots = periods.flatMap((period) => {
    const staged = taken.get(period);
    const standing = snapshotOf(index, period);
    const snapshot = staged === undefined ? standing : snapshotFrom(run, staged, standing);
    return snapshot === null ? [] : [[period, snapshot] as const];
  });
  return {
    schema: SCHEMA,
    generation,
    run_id: run.runId,
    published_at: run.at,
    periods: [...periods],
    snapshot: Object.fromEntries(snapshots),
    shared: { ...index?.shared, ...Object.fromEntries(shared) },
    history: [...(index?.history ?? []), { generation, run_id: run.runId }].slice(-HISTORY_LENGTH),
  };
}

function snapshotFrom(run: PublishRun, { month, files }: StagedMonth, standing: Snapshot | null): Snapshot {
  return {
    run_id: run.runId,
    as_of: run.at,
    estimated: month.estimated,
    is_mtd: month.isMtd,
    config: month.config,
    total_cost_usd: month.totalCost,
    files: Object.fromEntries(files),
    restated: restated(standing, month.totalCost),
  };
}

function restated(standing: Snapshot | null, total: number): Snapshot["restated"] {
  if (standing === null) return [];
  const { run_id, as_of, total_cost_usd } = standing;
  if (total_cost_usd === total) return standing.restated;
  return [...standing.restated, { run_id, as_of, total_cost_usd }].slice(-REVISED_LENGTH);
}

function snapshotOf(index: IndexDocument | null, period: Month): Snapshot | null {
  return index !== null && Object.hasOwn(index.snapshot, period) ? (index.snapshot[period] ?? null) : null;
}
