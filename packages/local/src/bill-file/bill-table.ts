import { type CostMetric, costMetrics, type Dimension, dimensions } from "@dapanoskop/core/source";
import { AMOUNT } from "./amount-sql.ts";
import type { ChargeColumns, LabelColumns, LabelName } from "./charge-columns.ts";

/**
 * The one table that a bill is loaded into: a row for all charges of a day that agree in every column that queries can
 * name, with their exact sums. Names from the bill are values here and never identifiers in SQL.
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

/** The columns of the table that are the same for every bill. */
export const COLUMN = {
  /** DATE within the billing period. */
  day: "day",
  /** How many charges a row has. */
  charges: "charge_count",
  /** How many of them have no cost, no day or no billing period that can be read. */
  unread: "unread_count",
  /** Whether the charges start before or after their billing period. */
  isOutside: "is_outside",
  /** Whether the file has a billing period for them. */
  hasPeriod: "has_period",
  otherProvider: "other_provider",
} as const;

/** The columns that count the charges whose cell of a metric is empty, and what these cost as billed. */
export const emptyCells = (cost: string) => ({ count: `${cost}_empty`, billed: `${cost}_empty_billed` });

export const BILLED = `cost_${costMetrics.indexOf("UnblendedCost")}`;

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
    if (isKept !== null && !isKept({ name, isLowered })) continue;
    const known = columns.get(name);
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

/** `CREATE TABLE` of it, in place of one that there is. */
export function createTable(table: BillTable): string {
  const texts = [
    ...table.dimensions.values(),
    "unit",
    "currency",
    ...(table.hasProviders ? [COLUMN.otherProvider] : []),
  ];
  const labels = [...table.tags.columns, ...table.costCategories.columns].map(({ column }) => column);
  const pairs = [table.tags.pairs, table.costCategories.pairs].filter((column) => column !== null);
  const empty = [...table.costs.values()].map(emptyCells);
  const columns = [
    `${COLUMN.day} DATE`,
    ...[COLUMN.isOutside, COLUMN.hasPeriod].map((column) => `${column} BOOLEAN`),
    ...[...texts, ...labels].map((column) => `${column} VARCHAR`),
    ...pairs.map((column) => `${column} MAP(VARCHAR, VARCHAR)`),
    ...[COLUMN.charges, COLUMN.unread, ...empty.map(({ count }) => count)].map(
      (column) => `${column} BIGINT`,
    ),
    ...["quantity", ...table.costs.values(), ...empty.map(({ billed }) => billed)].map(
      (column) => `${column} ${AMOUNT}`,
    ),
  ];
  return `CREATE OR REPLACE TABLE ${TABLE} (${columns.join(", ")})`;
}
