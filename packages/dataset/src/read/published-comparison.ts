import { addDays, type Month, monthWindow } from "@dapanoskop/core/calendar";
import type { CostByPeriod, MonthFigures, WorkloadFigures } from "@dapanoskop/core/insight";
import {
  allocationOf,
  type ChargeTypeCosts,
  type ComparisonLedger,
  ReconciliationError,
  reconcile,
  type StorageMetrics,
} from "@dapanoskop/core/ledger";
import { sum, zero } from "@dapanoskop/core/money";
import { type ArtifactStore, StoreError } from "@dapanoskop/core/store";
import type { IndexDocument } from "../documents/index-document.ts";
import { ArtifactError } from "../documents/parse.ts";
import { costCenterOfLabel, workloadOfLabel } from "../labels.ts";
import type { ParquetCodec } from "../parquet/parquet-codec.ts";
import type { DatasetReader } from "./dataset-reader.ts";
import { storeReader } from "./store-files.ts";
import { usageCostRows } from "./table-rows.ts";

/** What comparisons are read from: the months that this deployment has published. */
export interface PublishedMonths {
  readonly store: ArtifactStore;
  readonly index: IndexDocument | null;
  readonly parquet: ParquetCodec;
  /** The configuration's hash: figures that were computed with another one are not comparable. */
  readonly config: string;
}

/**
 * What published files of the same configuration contain about a closed month: its own snapshot first, else the snapshot
 * of `month`, which is being collected again. `undefined`: nothing, or only that the figures were unknown. They may be
 * known by now, so the source is queried.
 */
export async function publishedComparison(
  compared: Month,
  month: Month,
  { store, index, parquet, config }: PublishedMonths,
): Promise<ComparisonLedger | undefined> {
  if (index === null) return undefined;
  const reader = storeReader(store, parquet);
  for (const snapshot of [compared, month]) {
    if (index.snapshot[snapshot]?.config !== config) continue;
    const comparison = await nullIfDamaged(() => comparisonIn(snapshot, compared, index, reader));
    if (comparison !== null) return comparison;
  }
  return undefined;
}

/** Reads what need not be there: `null` for a damaged file, or for amounts that doubles cannot represent. */
export async function nullIfDamaged<Value>(read: () => Promise<Value>): Promise<Value | null> {
  try {
    return await read();
  } catch (error) {
    const isDamaged =
      error instanceof ArtifactError || (error instanceof StoreError && error.failure === "corrupt");
    if (isDamaged || error instanceof ReconciliationError) return null;
    throw error;
  }
}

async function comparisonIn(
  snapshot: Month,
  compared: Month,
  index: IndexDocument,
  reader: DatasetReader,
): Promise<ComparisonLedger | null> {
  const figures = await reader.figures(index, snapshot);
  if (figures === null || (snapshot === compared && !isWhole(figures))) return null;
  const period = periodOf(figures, compared);
  const total = period === null ? null : figures.total[period];
  const columns = await reader.usageTypeColumns(index, snapshot);
  if (period === null || total === null || columns === null) return null;
  const { currency } = figures;
  const rows = figures.costCenters.flatMap((center) =>
    center.workloads.map((workload) => ({
      costCenter: billValueOf(center, costCenterOfLabel),
      workload: billValueOf(workload, workloadOfLabel),
      cost: workload.cost[period] ?? zero(currency),
    })),
  );
  const costs = rows.map(({ cost }) => cost);
  const usage = usageCostRows(columns, currency, compared);
  const usageTotal = sum(
    usage.map(({ cost }) => cost),
    currency,
  );
  const chargeTypes = chargeTypesOf(figures, period);
  // Doubles have fifteen digits: what they lose of very large amounts is a residual like AWS's own, up to two roundings each.
  const residuals = reconcile(compared, { ...sum(costs, currency), cells: 2 * costs.length + 2 }, [
    { view: "published_total", sum: total.units, cells: 2 },
    { view: "usage_types", sum: usageTotal.units, cells: 2 * usage.length },
    ...(chargeTypes === null
      ? []
      : [
          {
            view: "charge_types",
            sum: sum([...chargeTypes.values()], currency).units,
            cells: chargeTypes.size,
          },
        ]),
  ]);
  return {
    period: compared,
    total: sum(costs, currency),
    allocation: allocationOf(rows),
    usage,
    storage: storageOf(figures, period),
    chargeTypes,
    residuals,
  };
}

/** Whether a published month is closed and all of its days are complete. */
const isWhole = ({ month, isRunning, deliveredThrough }: MonthFigures): boolean =>
  !isRunning && deliveredThrough === addDays(monthWindow(month).end, -1);

type ComparedPeriod = Exclude<keyof CostByPeriod, "completeDays" | "priorPeriodToDate">;

/** `null` where they are unknown, as in a month that was published without them. */
function chargeTypesOf({ chargeTypes }: MonthFigures, period: ComparedPeriod): ChargeTypeCosts | null {
  const costs = chargeTypes?.map((type) => [type.name, type[period]] as const) ?? [];
  const known = costs.flatMap(([name, cost]) => (cost === null ? [] : [[name, cost] as const]));
  return chargeTypes === null || known.length < costs.length ? null : new Map(known);
}

/** Which of the periods of a month's figures is the compared month. */
function periodOf({ month, windows }: MonthFigures, compared: Month): ComparedPeriod | null {
  if (month === compared) return "current";
  if (windows.previousMonth.start === `${compared}-01`) return "previousMonth";
  return windows.yearBefore.start === `${compared}-01` ? "yearBefore" : null;
}

const unknownStorage: StorageMetrics = {
  cost: null,
  volumeBytes: null,
  hotPercentage: null,
  costPerTb: null,
};

/** A summary contains no storage figures of the year before, and no comparison uses them. */
const storageOf = ({ storage }: MonthFigures, period: ComparedPeriod): StorageMetrics =>
  period === "yearBefore" ? unknownStorage : storage[period === "current" ? "current" : "previousMonth"];

/** The tag or category value behind a published name; `null` for a charge without one. */
const billValueOf = (
  { kind, name }: WorkloadFigures,
  unlabel: (name: string) => string | null,
): string | null => (kind === "named" ? (unlabel(name) ?? name) : null);
