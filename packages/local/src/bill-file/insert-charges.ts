import type { Dimension } from "@dapanoskop/core/source";
import { BILLED, type BillTable, COLUMN, emptyCells, TABLE } from "./bill-table.ts";
import type { ChargeColumns } from "./charge-columns.ts";
import { isBillDay } from "./day-sql.ts";
import type { FileColumn } from "./file-column.ts";
import { FILE_NUMBER } from "./scan.ts";

/**
 * `INSERT` of the charges of one scan, summed while they are scanned. Charges are grouped by the file's own columns, as
 * far as these are texts: what is computed of them (service, account, provider, pairs of a JSON) is computed once a group
 * and not once a charge. A column that the files lack is NULL.
 * @param columns the file's own
 * @param seen SQL that marks each charge as seen, and is always true; `null`: none does
 */
export function insertCharges(
  table: BillTable,
  group: ChargeColumns,
  columns: readonly FileColumn[],
  scan: string,
  seen: string | null,
): string {
  const keys = groupKeys(group, columns);
  const values = new Map<string, string>([
    [COLUMN.day, "billed_day"],
    [COLUMN.isOutside, "coalesce(charge_day <> billed_day, false)"],
    [COLUMN.hasPeriod, "period IS NOT NULL"],
    [COLUMN.charges, "charges"],
    [COLUMN.unread, `CASE WHEN ${IS_UNREAD} THEN charges ELSE charges - ${BILLED}_known END`],
    ["currency", keys.sql(group.currency)],
  ]);
  const unit = keys.sql(group.unit);
  values.set("unit", `CASE WHEN used_sum IS NOT NULL THEN ${unit} END`);
  // A quantity without a unit has no meaning; credits and taxes of a CUR have 1 without a unit.
  values.set("quantity", `CASE WHEN ${unit} IS NOT NULL THEN used_sum END`);
  if (group.otherProvider !== null) values.set(COLUMN.otherProvider, keys.sql(group.otherProvider));
  for (const [dimension, column] of table.dimensions) {
    const sql = keys.sql(group.dimensions.get(dimension) ?? "NULL");
    const absent = ABSENT.get(dimension);
    values.set(column, absent === undefined ? sql : `coalesce(${sql}, '${absent}')`);
  }
  for (const column of table.costs.values()) {
    const empty = emptyCells(column);
    values.set(column, column);
    values.set(empty.count, `charges - ${column}_known`);
    values.set(empty.billed, `coalesce(${empty.billed}, 0)`);
  }
  for (const [to, from] of [
    [table.tags, group.tags],
    [table.costCategories, group.costCategories],
  ] as const) {
    for (const { name, column } of to.columns) {
      const sqls = from.columns.filter((label) => label.name === name).map(({ sql }) => keys.sql(sql));
      if (sqls.length === 0) continue;
      values.set(
        column,
        sqls.length > 1
          ? `coalesce(${sqls.map((sql) => `nullif(${sql}, '')`).join(", ")})`
          : (sqls[0] ?? "NULL"),
      );
    }
    if (to.pairs !== null && from.pairs !== null) values.set(to.pairs, keys.sql(from.pairs));
  }
  const period = group.billingPeriod === null ? "CAST(NULL AS DATE)" : keys.raw(group.billingPeriod);
  return `INSERT INTO ${TABLE} (${[...values.keys()].join(", ")}) SELECT ${[...values.values()].join(", ")}
    FROM (SELECT *, ${BILLED_DAY} AS billed_day
      FROM (SELECT *, CAST(date_trunc('month', ${period}) AS DATE) AS period
        FROM (SELECT ${[...keys.selected(), ...sums(table, seen)].join(", ")}
          FROM (${chargesOf(table, group, scan, seen?.includes(FILE_NUMBER) === true)}) GROUP BY ALL)))`;
}

/** The charges of a scan with the amounts that are summed, each read once. */
function chargesOf(table: BillTable, group: ChargeColumns, scan: string, withFile: boolean): string {
  const read = [...group.amounts, ...group.lookups].map(([name, sql]) => `${sql} AS ${name}`);
  if (withFile) read.push(FILE_NUMBER);
  const costs = [...table.costs].map(
    ([metric, column]) => `${group.costs.get(metric) ?? "NULL"} AS ${column}_cell`,
  );
  return `SELECT *, ${group.quantity} AS used_cell, ${group.day} AS charge_day, ${costs.join(", ")} FROM (SELECT *, ${read.join(", ")} FROM ${scan})`;
}

function sums(table: BillTable, seen: string | null): readonly string[] {
  const costs = [...table.costs.values()].flatMap((column) => [
    `sum(${column}_cell) AS ${column}`,
    `count(${column}_cell) AS ${column}_known`,
    column === BILLED
      ? `NULL AS ${emptyCells(column).billed}`
      : `sum(${BILLED}_cell) FILTER (${column}_cell IS NULL) AS ${emptyCells(column).billed}`,
  ]);
  const charges = seen === null ? "count(*)" : `count(*) FILTER (${seen})`;
  return ["charge_day", "sum(used_cell) AS used_sum", `${charges} AS charges`, ...costs];
}

/** The day within the billing period: a late charge counts on the first day of the bill that it stands in. */
const BILLED_DAY = `CASE WHEN period IS NULL THEN charge_day
  ELSE least(greatest(coalesce(charge_day, period), period), last_day(period)) END`;

const IS_UNREAD = `billed_day IS NULL OR NOT (${isBillDay("billed_day")})
  OR (charge_day IS NOT NULL AND NOT (${isBillDay("charge_day")}))`;

/** What charges are grouped by, and how the values of a group are computed from it. */
function groupKeys(group: ChargeColumns, columns: readonly FileColumn[]) {
  const types = new Map(columns.map(({ sql, type }) => [sql, type]));
  const names = new Set<string>();
  const computed = new Map<string, string>();
  const isText = (name: string) =>
    group.lookups.has(name) ||
    !/^(MAP|STRUCT|DOUBLE|FLOAT|DECIMAL|DATE|TIME)|\]$/.test(types.get(name) ?? "");

  const raw = (sql: string): string => {
    for (const name of namesIn(sql, types, group.lookups)) names.add(name);
    return sql;
  };
  return {
    /** Groups by the columns that it reads. */
    raw,
    /** Groups by the columns that it reads where they are texts, else by its value. */
    sql(sql: string): string {
      if (namesIn(sql, types, group.lookups).every(isText)) return raw(sql);
      const name = computed.get(sql) ?? `key_${computed.size}`;
      computed.set(sql, name);
      return name;
    },
    selected: () => [...names, ...[...computed].map(([sql, name]) => `${sql} AS ${name}`)],
  };
}

/** The columns of a scan that an expression reads. All identifiers in it are ours; texts of a file are literals. */
function namesIn(
  sql: string,
  columns: ReadonlyMap<string, string>,
  lookups: ReadonlyMap<string, string>,
): readonly string[] {
  const words = sql.replaceAll(/'(?:[^']|'')*'/g, "").match(/\b\w+\b/g) ?? [];
  return words.filter((word) => columns.has(word) || lookups.has(word));
}

/** Cost Explorer's value of a charge without one of these. */
const ABSENT: ReadonlyMap<Dimension, string> = new Map([
  ["usageType", "NoUsageType"],
  ["chargeType", "NoChargeType"],
  ["region", "NoRegion"],
  ["operation", "NoOperation"],
  ["instanceType", "NoInstanceType"],
]);
