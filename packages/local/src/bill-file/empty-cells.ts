import type { Month, Window } from "@dapanoskop/core/calendar";
import { type Money, parseMoney } from "@dapanoskop/core/money";
import { type CostMetric, CostSourceError } from "@dapanoskop/core/source";
import { listed } from "@dapanoskop/core/text";
import type { DuckDBConnection } from "@duckdb/node-api";
import { amountText } from "./bill-file-error.ts";
import { BILLED, type BillTable, COLUMN, emptyCells, TABLE } from "./bill-table.ts";

/** Charges whose cell of a metric is empty: their cost is unknown, and so is every sum with them. */
export interface EmptyCells {
  readonly metric: CostMetric;
  readonly month: Month;
  readonly charges: number;
  readonly billed: Money;
}

/** The empty cells of a bill by metric and month, or of the days of a window alone. */
export async function emptyCellsOf(
  connection: DuckDBConnection,
  { costs }: Pick<BillTable, "costs">,
  currency: string,
  window: Window | null = null,
): Promise<readonly EmptyCells[]> {
  const found: EmptyCells[] = [];
  for (const [metric, column] of costs) {
    // A charge without this cell is refused when it is loaded.
    if (column === BILLED) continue;
    const { count, billed } = emptyCells(column);
    const read = await connection.runAndReadAll(
      `SELECT strftime(${COLUMN.day}, '%Y-%m'), sum(${count}), CAST(sum(${billed}) AS VARCHAR) FROM ${TABLE}
       WHERE ${count} > 0 ${window === null ? "" : `AND ${COLUMN.day} >= CAST(? AS DATE) AND ${COLUMN.day} < CAST(? AS DATE)`}
       GROUP BY 1 ORDER BY 1`,
      window === null ? [] : [window.start, window.end],
    );
    for (const [month, charges, cost] of read.getRowsJson()) {
      found.push({
        metric,
        month: String(month),
        charges: Number(charges),
        billed: parseMoney(String(cost ?? "0"), currency),
      });
    }
  }
  return found;
}

/** "AmortizedCost of 2026-02 is unknown: 2 charges, billed at 47 USD, have no value of it." */
export function emptyCellsText({ metric, month, charges, billed }: EmptyCells): string {
  const have = charges === 1 ? "charge" : "charges";
  return `${metric} of ${month} is unknown: ${charges} ${have}, billed at ${amountText(billed)}, ${charges === 1 ? "has" : "have"} no value of it.`;
}

/** The error for a query of days with empty cells. */
export function emptyCellsError(
  cells: readonly EmptyCells[],
  window: Window,
  complete: readonly CostMetric[],
): CostSourceError {
  const others =
    complete.length === 0
      ? ""
      : ` Use ${listed(complete, "or")}, which ${complete.length > 1 ? "are" : "is"} complete.`;
  return new CostSourceError("incomplete", window, `${cells.map(emptyCellsText).join(" ")}${others}`);
}
