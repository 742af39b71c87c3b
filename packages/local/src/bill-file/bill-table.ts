import { type CostMetric, costMetrics, type Dimension, dimensions } from "@dapanoskop/core/source";
import { AMOUNT } from "./amount-sql.ts";
import type { ChargeColumns, LabelColumns, LabelName } from "./charge-columns.ts";

/**
 * The one table that a bill is loaded into: a row a charge, and only the columns that queries can name.
 * Names from the bill are values here and never identifiers in SQL.
 */
export interface BillTable {
  readonly dimensions: ReadonlyMap<Dimension, string>;
  readonly costs: ReadonlyMap<CostMetric, string>;
  /** The metrics that every file has, loaded or not. */
  readonly metricsOfFiles: readonly CostMetric[];
  readonly tags: LabelTable;
  readonly costCategories: LabelTable;
  /** Whether it may contain charges of several providers. */
  readonly hasProviders: boolean;
}

export interface LabelTable {
  readonly columns: readonly LabelColumn[];
  /** The column with all labels of a charge as MAP(VARCHAR, VARCHAR), when files have such a column. */
  readonly pairs: string | null;
  /** Whether the names in it are lowered, as in CUR 2.0. */
  readonly arePairsLowered: boolean;
}

export interface LabelColumn extends LabelName {
  readonly column: string;
}

export interface LoadedColumns {
  readonly dimensions: ReadonlySet<Dimension>;
  readonly metrics: ReadonlySet<CostMetric>;
  /** Which tags' columns are kept; `null`: all. */
  readonly isKeptTag: ((tag: LabelName) => boolean) | null;
}

export const TABLE = "charges";

export const OTHER_PROVIDER = "other_provider";

/** The table for these files. It has a dimension when any file has it, and a metric when each file has it. */
export function billTable(groups: readonly ChargeColumns[], kept: LoadedColumns): BillTable {
  const hasProviders = groups.some(({ otherProvider }) => otherProvider !== null);
  const isInSome = (dimension: Dimension) => groups.some((group) => group.dimensions.has(dimension));
  const isInAll = (metric: CostMetric) => groups.every((group) => group.costs.has(metric));
  return {
    hasProviders,
    metricsOfFiles: costMetrics.filter(isInAll),
    dimensions: new Map(
      dimensions
        .filter((dimension) => kept.dimensions.has(dimension) && isInSome(dimension))
        .map((dimension) => [dimension, `dimension_${dimensions.indexOf(dimension)}`]),
    ),
    costs: new Map(
      costMetrics
        .filter((metric) => kept.metrics.has(metric) && isInAll(metric))
        .map((metric) => [metric, `cost_${costMetrics.indexOf(metric)}`]),
    ),
    tags: labelTable(
      "tag",
      groups.map(({ tags }) => tags),
      groups,
      kept.isKeptTag,
    ),
    costCategories: labelTable(
      "category",
      groups.map(({ costCategories }) => costCategories),
      groups,
      null,
    ),
  };
}

function labelTable(
  prefix: string,
  labels: readonly LabelColumns[],
  groups: readonly ChargeColumns[],
  isKept: ((label: LabelName) => boolean) | null,
): LabelTable {
  const columns = new Map<string, LabelColumn>();
  for (const { name, isLowered } of labels.flatMap((group) => group.columns)) {
    const known = columns.get(name);
    if (isKept !== null && !isKept({ name, isLowered })) continue;
    columns.set(name, {
      name,
      column: known?.column ?? `${prefix}_${columns.size}`,
      isLowered: isLowered && (known?.isLowered ?? true),
    });
  }
  const hasPairs = labels.some(({ pairs }) => pairs !== null);
  return {
    columns: [...columns.values()],
    pairs: hasPairs ? `${prefix}_pairs` : null,
    arePairsLowered: groups.every(({ format }) => format === "CUR 2.0"),
  };
}

/** `CREATE TABLE` of it. */
export function createTable(table: BillTable): string {
  const texts = [
    ...table.dimensions.values(),
    "unit",
    "currency",
    ...(table.hasProviders ? [OTHER_PROVIDER] : []),
  ];
  const labels = [...table.tags.columns, ...table.costCategories.columns].map(({ column }) => column);
  const pairs = [table.tags.pairs, table.costCategories.pairs].filter((column) => column !== null);
  return `CREATE TABLE ${TABLE} (${[
    "day DATE",
    ...[...texts, ...labels].map((column) => `${column} VARCHAR`),
    ...pairs.map((column) => `${column} MAP(VARCHAR, VARCHAR)`),
    ...["quantity", ...table.costs.values()].map((column) => `${column} ${AMOUNT}`),
  ].join(", ")})`;
}

/** `INSERT` of the charges of one scan, by column name. A column that the files lack is NULL. */
export function insertCharges(table: BillTable, group: ChargeColumns, scan: string): string {
  const values = new Map<string, string>([
    ["day", group.day],
    ["unit", `CASE WHEN ${group.quantity} IS NOT NULL THEN ${group.unit} END`],
    ["currency", group.currency],
    // A quantity without a unit has no meaning; credits and taxes of a CUR have 1 without a unit.
    ["quantity", `CASE WHEN ${group.unit} IS NOT NULL THEN ${group.quantity} END`],
  ]);
  if (group.otherProvider !== null) values.set(OTHER_PROVIDER, group.otherProvider);
  for (const [dimension, column] of table.dimensions) {
    const sql = group.dimensions.get(dimension) ?? "NULL";
    const absent = ABSENT.get(dimension);
    values.set(column, absent === undefined ? sql : `coalesce(${sql}, '${absent}')`);
  }
  for (const [metric, column] of table.costs) values.set(column, group.costs.get(metric) ?? "NULL");
  for (const [to, from] of [
    [table.tags, group.tags],
    [table.costCategories, group.costCategories],
  ] as const) {
    for (const { name, column } of to.columns) {
      const sqls = from.columns.filter((label) => label.name === name).map(({ sql }) => sql);
      if (sqls.length > 0)
        values.set(column, sqls.length > 1 ? `coalesce(${sqls.join(", ")})` : (sqls[0] ?? "NULL"));
    }
    if (to.pairs !== null && from.pairs !== null) values.set(to.pairs, from.pairs);
  }
  const amounts = [...group.amounts].map(([name, sql]) => `${sql} AS ${name}`);
  return `INSERT INTO ${TABLE} (${[...values.keys()].join(", ")}) SELECT ${[...values.values()].join(", ")} FROM (SELECT *, ${amounts.join(", ")} FROM ${scan})`;
}

/** Cost Explorer's value of a charge without one of these. */
const ABSENT: ReadonlyMap<Dimension, string> = new Map([
  ["usageType", "NoUsageType"],
  ["chargeType", "NoChargeType"],
  ["region", "NoRegion"],
  ["operation", "NoOperation"],
  ["instanceType", "NoInstanceType"],
]);
