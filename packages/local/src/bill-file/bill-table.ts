import { type CostMetric, costMetrics, type Dimension, dimensions } from "@dapanoskop/core/source";
import { AMOUNT } from "./amount-sql.ts";
import type { ChargeColumns, LabelColumns, LabelName } from "./charge-columns.ts";

/**
 * The one table that a bill is loaded into: a row a charge, and only the columns that questions can name.
 * Names that come from the bill stand beside their column here and never in SQL.
 */
export interface BillTable {
  readonly dimensions: ReadonlyMap<Dimension, string>;
  readonly costs: ReadonlyMap<CostMetric, string>;
  /** The metrics that every file tells, kept or not. */
  readonly told: readonly CostMetric[];
  readonly tags: LabelTable;
  readonly costCategories: LabelTable;
  /** Whether charges of several providers may stand in it. */
  readonly hasProviders: boolean;
}

export interface LabelTable {
  readonly columns: readonly LabelColumn[];
  /** The column that holds all labels of a charge as MAP(VARCHAR, VARCHAR), when files keep them so. */
  readonly pairs: string | null;
  /** Whether the names in it are lowered, as CUR 2.0 keeps them. */
  readonly arePairsLowered: boolean;
}

export interface LabelColumn extends LabelName {
  readonly column: string;
}

export interface KeptColumns {
  readonly dimensions: ReadonlySet<Dimension>;
  readonly metrics: ReadonlySet<CostMetric>;
  /** Which tags' columns are kept; `null`: all. */
  readonly isKeptTag: ((tag: LabelName) => boolean) | null;
}

export const TABLE = "charges";

export const OTHER_PROVIDER = "other_provider";

/** The table that holds all of these parts. A dimension is there when any part tells it, a metric when each does. */
export function billTable(parts: readonly ChargeColumns[], kept: KeptColumns): BillTable {
  const hasProviders = parts.some(({ otherProvider }) => otherProvider !== null);
  const isToldBySome = (dimension: Dimension) => parts.some((part) => part.dimensions.has(dimension));
  const isToldByAll = (metric: CostMetric) => parts.every((part) => part.costs.has(metric));
  return {
    hasProviders,
    told: costMetrics.filter(isToldByAll),
    dimensions: new Map(
      dimensions
        .filter((dimension) => kept.dimensions.has(dimension) && isToldBySome(dimension))
        .map((dimension) => [dimension, `dimension_${dimensions.indexOf(dimension)}`]),
    ),
    costs: new Map(
      costMetrics
        .filter((metric) => kept.metrics.has(metric) && isToldByAll(metric))
        .map((metric) => [metric, `cost_${costMetrics.indexOf(metric)}`]),
    ),
    tags: labelTable(
      "tag",
      parts.map(({ tags }) => tags),
      parts,
      kept.isKeptTag,
    ),
    costCategories: labelTable(
      "category",
      parts.map(({ costCategories }) => costCategories),
      parts,
      null,
    ),
  };
}

function labelTable(
  prefix: string,
  labels: readonly LabelColumns[],
  parts: readonly ChargeColumns[],
  isKept: ((label: LabelName) => boolean) | null,
): LabelTable {
  const columns = new Map<string, LabelColumn>();
  for (const { name, isLowered } of labels.flatMap((part) => part.columns)) {
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
    arePairsLowered: parts.every(({ format }) => format === "CUR 2.0"),
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

/** `INSERT` of one part's charges, by name, from a scan. What the part does not tell stays NULL. */
export function insertPart(table: BillTable, part: ChargeColumns, scan: string): string {
  const values = new Map<string, string>([
    ["day", part.day],
    ["unit", `CASE WHEN ${part.quantity} IS NOT NULL THEN ${part.unit} END`],
    ["currency", part.currency],
    // Without its unit a quantity says nothing; credits and taxes of a CUR have a bare 1.
    ["quantity", `CASE WHEN ${part.unit} IS NOT NULL THEN ${part.quantity} END`],
  ]);
  if (part.otherProvider !== null) values.set(OTHER_PROVIDER, part.otherProvider);
  for (const [dimension, column] of table.dimensions) {
    const sql = part.dimensions.get(dimension) ?? "NULL";
    const absent = ABSENT.get(dimension);
    values.set(column, absent === undefined ? sql : `coalesce(${sql}, '${absent}')`);
  }
  for (const [metric, column] of table.costs) values.set(column, part.costs.get(metric) ?? "NULL");
  for (const [to, from] of [
    [table.tags, part.tags],
    [table.costCategories, part.costCategories],
  ] as const) {
    for (const { name, column } of to.columns) {
      const told = from.columns.filter((label) => label.name === name).map(({ sql }) => sql);
      if (told.length > 0)
        values.set(column, told.length > 1 ? `coalesce(${told.join(", ")})` : (told[0] ?? "NULL"));
    }
    if (to.pairs !== null && from.pairs !== null) values.set(to.pairs, from.pairs);
  }
  const amounts = [...part.amounts].map(([name, sql]) => `${sql} AS ${name}`);
  return `INSERT INTO ${TABLE} (${[...values.keys()].join(", ")}) SELECT ${[...values.values()].join(", ")} FROM (SELECT *, ${amounts.join(", ")} FROM ${scan})`;
}

/** What Cost Explorer calls a charge without one of these. */
const ABSENT: ReadonlyMap<Dimension, string> = new Map([
  ["usageType", "NoUsageType"],
  ["chargeType", "NoChargeType"],
  ["region", "NoRegion"],
  ["operation", "NoOperation"],
  ["instanceType", "NoInstanceType"],
]);
