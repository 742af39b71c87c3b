import type { Month } from "@dapanoskop/core/calendar";
import type { UsageCost } from "@dapanoskop/core/ledger";
import { MONEY_DECIMALS, type Money, moneyFromNumber, parseDecimal } from "@dapanoskop/core/money";
import { categories } from "@dapanoskop/core/usage";
import { costCenterOfLabel, workloadOfLabel } from "../labels.ts";
import {
  type DoubleColumn,
  numberAt,
  textAt,
  type UsageTypeColumns,
  type WorkloadColumns,
} from "../parquet/columns.ts";

/** A row of `cost-by-workload.parquet`. `null` is a charge without a category, or without a tag. */
export interface WorkloadCostRow {
  readonly period: Month;
  readonly costCenter: string | null;
  readonly workload: string | null;
  readonly cost: Money;
}

/** A row of a file of costs by usage type. Its quantity has no unit: published rows carry none. */
export interface UsageCostRow extends UsageCost {
  readonly period: Month;
}

/** The rows of `cost-by-workload.parquet` with exact amounts, in the order of the file. */
export function workloadCostRows({ data, rows }: WorkloadColumns, currency: string): WorkloadCostRow[] {
  return Array.from({ length: rows }, (_, row) => ({
    period: textAt(data.period, row),
    costCenter: costCenterOfLabel(textAt(data.cost_center, row)),
    workload: workloadOfLabel(textAt(data.workload, row)),
    cost: moneyFromNumber(requiredAt(data.cost_usd, row), currency),
  }));
}

/**
 * The rows of a file of costs by usage type with exact amounts, in the order of the file.
 * @param period only the rows of this period; all rows by default
 */
export function usageCostRows(
  { data, rows }: UsageTypeColumns,
  currency: string,
  period: Month | null = null,
): UsageCostRow[] {
  const found: UsageCostRow[] = [];
  for (let row = 0; row < rows; row++) {
    const of = textAt(data.period, row);
    if (period !== null && of !== period) continue;
    const category = textAt(data.category, row);
    const quantity = numberAt(data.usage_quantity, row);
    found.push({
      period: of,
      workload: workloadOfLabel(textAt(data.workload, row)),
      usageType: textAt(data.usage_type, row),
      category: categories.find((known) => known === category) ?? "Other",
      cost: moneyFromNumber(requiredAt(data.cost_usd, row), currency),
      quantity:
        quantity === null ? null : { units: parseDecimal(String(quantity), MONEY_DECIMALS), unit: "" },
    });
  }
  return found;
}

/** The codec refuses a file with a missing amount, so this only narrows the type. */
const requiredAt = (column: DoubleColumn, row: number): number => numberAt(column, row) ?? 0;
