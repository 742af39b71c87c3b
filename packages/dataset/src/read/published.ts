import type { Month } from "@dapanoskop/core/calendar";
import {
  allocationOf,
  type ComparisonLedger,
  ReconciliationError,
  reconcile,
  type StorageMetrics,
  type UsageCost,
} from "@dapanoskop/core/ledger";
import { MONEY_DECIMALS, type Money, moneyFromNumber, parseDecimal, sum } from "@dapanoskop/core/money";
import { type ArtifactStore, StoreError } from "@dapanoskop/core/store";
import { categories } from "@dapanoskop/core/usage";
import type { IndexDocument } from "../documents/index-document.ts";
import { ArtifactError, parseDocument } from "../documents/parse.ts";
import {
  type CostCenterSummary,
  type Summary,
  summarySchema,
  type WorkloadSummary,
} from "../documents/summary.ts";
import { SUMMARY_FILE, USAGE_TYPE_FILE } from "../keys/keys.ts";
import { costCenterOfLabel, workloadOfLabel } from "../labels.ts";
import { numberAt, textAt, usageTypeColumns } from "../parquet/columns.ts";
import type { ParquetCodec } from "../parquet/parquet-codec.ts";
import { readSnapshotFile } from "./read-index.ts";

/** Reads comparisons back from what this deployment has published itself. */
export interface PublishedMonths {
  readonly store: ArtifactStore;
  readonly index: IndexDocument | null;
  readonly parquet: ParquetCodec;
  /** The configuration's hash: figures that were computed otherwise do not compare. */
  readonly config: string;
}

/** Which figures of a summary speak of a period. */
interface Side {
  readonly of: "current_cost_usd" | "prev_month_cost_usd" | "yoy_cost_usd";
  readonly storage: (metrics: Summary["storage_metrics"]) => StoredFigures;
}

interface StoredFigures {
  readonly cost: number | null;
  readonly volume: number | null;
  readonly hot: number | null;
  readonly perTb: number | null;
}

/**
 * What published files of the same configuration hold of a closed month: its own snapshot first, else the snapshot of
 * the month `of` that is being collected again. `undefined`: nothing, or only that it was unknown; it may have become
 * known since.
 */
export async function publishedComparison(
  compared: Month,
  of: Month,
  published: PublishedMonths,
): Promise<ComparisonLedger | undefined> {
  for (const holder of [compared, of]) {
    const comparison = await readable(() => heldBy(holder, compared, published));
    if (comparison !== null) return comparison;
  }
  return undefined;
}

async function heldBy(
  holder: Month,
  compared: Month,
  published: PublishedMonths,
): Promise<ComparisonLedger | null> {
  const summary = await summaryOf(holder, published);
  if (summary === null || (holder === compared && summary.is_mtd)) return null;
  const side = sideOf(summary, compared);
  return side === null ? null : read(summary, side, compared, published);
}

// What is damaged, or too large for doubles to name, is asked for again; the source is the authority.
async function readable<Value>(read: () => Promise<Value>): Promise<Value | null> {
  try {
    return await read();
  } catch (error) {
    const damaged =
      error instanceof ArtifactError || (error instanceof StoreError && error.failure === "corrupt");
    if (damaged || error instanceof ReconciliationError) return null;
    throw error;
  }
}

/** A published summary of the same configuration; `null` when there is none. */
async function summaryOf(
  month: Month,
  { store, index, config }: Pick<PublishedMonths, "store" | "index" | "config">,
): Promise<Summary | null> {
  if (index === null || index.snapshot[month]?.config !== config) return null;
  return readSummary(store, index, month);
}

/** The summary that the index names for a month. */
export async function readSummary(
  store: ArtifactStore,
  index: IndexDocument,
  month: Month,
): Promise<Summary | null> {
  const bytes = await readSnapshotFile(store, index, month, SUMMARY_FILE);
  return bytes === null ? null : parseDocument(summarySchema, `${month}/${SUMMARY_FILE}`, bytes);
}

function sideOf({ periods }: Summary, compared: Month): Side | null {
  if (periods.current === compared) {
    return {
      of: "current_cost_usd",
      storage: (metrics) => ({
        cost: metrics.total_cost_usd,
        volume: metrics.total_volume_bytes,
        hot: metrics.hot_tier_percentage,
        perTb: metrics.cost_per_tb_usd,
      }),
    };
  }
  if (periods.prev_month === compared) {
    return {
      of: "prev_month_cost_usd",
      storage: (metrics) => ({
        cost: metrics.prev_month_cost_usd,
        volume: metrics.prev_month_total_volume_bytes,
        hot: metrics.prev_month_hot_tier_percentage,
        perTb: metrics.prev_month_cost_per_tb_usd,
      }),
    };
  }
  // A summary says nothing of the storage a year before, and nobody compares with it.
  const nothing = { cost: null, volume: null, hot: null, perTb: null };
  return periods.yoy === compared ? { of: "yoy_cost_usd", storage: () => nothing } : null;
}

async function read(
  summary: Summary,
  { of, storage }: Side,
  compared: Month,
  published: PublishedMonths,
): Promise<ComparisonLedger | null> {
  const { currency, period } = summary;
  const money = (value: number): Money => moneyFromNumber(value, currency);
  const total = summary.totals[of];
  const usage = await usageRows(period, compared, currency, published);
  if (total === null || usage === null) return null;
  const rows = summary.cost_centers.flatMap((center) =>
    center.workloads.map((workload) => ({
      costCenter: nameOf(center, costCenterOfLabel),
      workload: nameOf(workload, workloadOfLabel),
      cost: money(workload[of] ?? 0),
    })),
  );
  const allocation = allocationOf(rows);
  const costs = rows.map(({ cost }) => cost);
  // Doubles name amounts to fifteen digits: what that leaves of very large ones is a residual like AWS's own.
  const residuals = reconcile(compared, sum(costs, currency), [
    { view: "published_total", sum: money(total).units, groups: costs.length },
    {
      view: "usage_types",
      sum: sum(
        usage.map(({ cost }) => cost),
        currency,
      ).units,
      groups: usage.length,
    },
  ]);
  return {
    period: compared,
    total: sum(costs, currency),
    allocation,
    usage,
    storage: stored(storage(summary.storage_metrics), money),
    residuals,
  };
}

function nameOf(
  row: CostCenterSummary | WorkloadSummary,
  unlabel: (name: string) => string | null,
): string | null {
  return row.kind === "named" ? (unlabel(row.name) ?? row.name) : null;
}

function stored(
  { cost, volume, hot, perTb }: StoredFigures,
  money: (value: number) => Money,
): StorageMetrics {
  return {
    cost: cost === null ? null : money(cost),
    volumeBytes: volume === null ? null : BigInt(volume),
    hotPercentage: hot,
    costPerTb: perTb,
  };
}

async function usageRows(
  holder: Month,
  compared: Month,
  currency: string,
  { store, index, parquet }: PublishedMonths,
): Promise<readonly UsageCost[] | null> {
  const bytes = index === null ? null : await readSnapshotFile(store, index, holder, USAGE_TYPE_FILE);
  if (bytes === null) return null;
  const { data, rows } = parquet.decode(usageTypeColumns, `${holder}/${USAGE_TYPE_FILE}`, bytes);
  const found: UsageCost[] = [];
  for (let row = 0; row < rows; row++) {
    if (textAt(data.period, row) !== compared) continue;
    const quantity = numberAt(data.usage_quantity, row);
    const category = textAt(data.category, row);
    found.push({
      workload: workloadOfLabel(textAt(data.workload, row)),
      usageType: textAt(data.usage_type, row),
      category: categories.find((known) => known === category) ?? "Other",
      cost: moneyFromNumber(numberAt(data.cost_usd, row) ?? 0, currency),
      // Published rows carry no unit.
      quantity:
        quantity === null ? null : { units: parseDecimal(String(quantity), MONEY_DECIMALS), unit: "" },
    });
  }
  return found;
}
