import { addDays, type Day, type Window } from "@dapanoskop/core/calendar";
import type { CostQuery, CostRow } from "@dapanoskop/core/source";
import type { Quantity } from "@dapanoskop/core/usage";
import {
  type DuckDBConnection,
  DuckDBDateValue,
  DuckDBDecimalValue,
  type DuckDBMaterializedResult,
  type DuckDBValue,
} from "@duckdb/node-api";
import { TABLE } from "./bill-table.ts";
import { filterSql } from "./filter-sql.ts";
import type { ChargeKeys } from "./key-sql.ts";
import { inOrder, sharedTexts } from "./shared-texts.ts";

/**
 * Groups the charges of a window and reads the groups, by columns: a period's first day, the keys, the cost, the
 * quantity. Sorted by day, then by keys, none first.
 * @param cost the column of the metric
 */
export async function answerRows(
  connection: DuckDBConnection,
  keys: ChargeKeys,
  { granularity, groupBy, filter }: CostQuery,
  visible: Window,
  cost: string,
  currency: string,
): Promise<readonly CostRow[]> {
  if (visible.start >= visible.end) return [];
  const groups = await Promise.all(groupBy.map((grouping) => keys.of(grouping, visible)));
  const passes = filter === undefined ? null : await filterSql(connection, keys, filter, visible);
  const period =
    granularity === "DAILY" ? "day" : "greatest(CAST(date_trunc('month', day) AS DATE), CAST(? AS DATE))";
  const columns = [period, ...groups.map(({ sql }) => sql)];
  const result = await connection.run(
    `SELECT ${columns.map((sql, at) => `${sql} AS k${at}`).join(", ")},
       sum(${cost}) AS cost, sum(quantity) AS quantity,
       CASE WHEN min(unit) = max(unit) THEN min(unit) WHEN min(unit) IS NOT NULL THEN 'N/A' END AS unit
     FROM ${TABLE}
     WHERE day >= CAST(? AS DATE) AND day < CAST(? AS DATE)${passes === null ? "" : ` AND ${passes.sql}`}
     GROUP BY ${columns.map((_, at) => `k${at}`).join(", ")}`,
    [
      ...(granularity === "DAILY" ? [] : [visible.start]),
      ...groups.flatMap(({ values }) => values),
      visible.start,
      visible.end,
      ...(passes?.values ?? []),
    ],
  );
  return rowsOf(result, groupBy.length, currency);
}

async function rowsOf(
  result: DuckDBMaterializedResult,
  keyCount: number,
  currency: string,
): Promise<readonly CostRow[]> {
  const rows: CostRow[] = [];
  const dayText = dayTexts();
  const days = sharedTexts();
  const keys = Array.from({ length: keyCount }, sharedTexts);
  const unit = sharedTexts();
  for (const chunk of await result.fetchAllChunks()) {
    const [firstDays = [], ...others] = chunk.getColumns();
    const keyColumns = others.slice(0, keyCount);
    const [costs = [], quantities = [], units = []] = others.slice(keyCount);
    for (const [at, day] of firstDays.entries()) {
      rows.push({
        day: days.push(dayText(day)) ?? "",
        keys: keys.map((key, column) => key.push(textOrNull(keyColumns[column]?.[at]))),
        cost: { units: unitsOf(costs[at]) ?? 0n, currency },
        quantity: quantityOf(unitsOf(quantities[at]), unit.push(textOrNull(units[at]))),
      });
    }
  }
  return inOrder(rows, [days, ...keys]);
}

function quantityOf(units: bigint | null, unit: string | null): Quantity | null {
  return units === null || unit === null ? null : { units, unit };
}

/** DECIMAL(38, 12) is an integer of 10^-12 already: core's unit. */
const unitsOf = (value: DuckDBValue | undefined) =>
  value instanceof DuckDBDecimalValue ? value.value : null;

const textOrNull = (value: DuckDBValue | undefined) => (typeof value === "string" ? value : null);

/** Days come as counts from 1970; there are few, so each is spelled once. */
function dayTexts(): (value: DuckDBValue) => Day {
  const spelled = new Map<number, Day>();
  return (value) => {
    if (!(value instanceof DuckDBDateValue)) throw new TypeError("A day is a date.");
    const known = spelled.get(value.days);
    if (known !== undefined) return known;
    const day = addDays("1970-01-01", value.days);
    spelled.set(value.days, day);
    return day;
  };
}
