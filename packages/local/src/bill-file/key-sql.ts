import type { Window } from "@dapanoskop/core/calendar";
import { CostSourceError, type Grouping } from "@dapanoskop/core/source";
import { listed } from "@dapanoskop/core/text";
import type { DuckDBConnection } from "@duckdb/node-api";
import { type BillTable, type LabelTable, TABLE } from "./bill-table.ts";
import { byPrecedence, isNamed, pairName } from "./label-names.ts";

/** SQL with the values of its `?`, in order. */
export interface BoundSql {
  readonly sql: string;
  readonly values: readonly string[];
}

export const bound = (sql: string, values: readonly string[] = []): BoundSql => ({ sql, values });

/** SQL for the keys of charges. The keys of maps are read from the table when they are first needed. */
export interface ChargeKeys {
  /** VARCHAR; NULL where a charge has none. An empty tag counts as none, as in Cost Explorer. */
  of(grouping: Grouping, window: Window): Promise<BoundSql>;
  /** The raw keys of a label table's maps. */
  pairKeys(labels: LabelTable): Promise<readonly string[]>;
}

export function keysOf(connection: DuckDBConnection, table: BillTable): ChargeKeys {
  const keysOfColumn = new Map<string, Promise<readonly string[]>>();

  const pairKeys = (labels: LabelTable) => {
    if (labels.pairs === null) return Promise.resolve([]);
    const known = keysOfColumn.get(labels.pairs);
    if (known !== undefined) return known;
    const keys = distinctPairKeys(connection, labels.pairs);
    keysOfColumn.set(labels.pairs, keys);
    return keys;
  };

  const label = async (labels: LabelTable, name: string): Promise<BoundSql> => {
    const columns = labels.columns
      .filter((column) => isNamed(column, name))
      .sort((a, b) => byPrecedence(a.name, b.name))
      .map(({ column }) => bound(column));
    const pairs = (await pairKeys(labels))
      .filter((key) => isNamed(pairName(key, labels.arePairsLowered), name))
      .sort(byPrecedence)
      .map((key) => bound(`${labels.pairs}[?]`, [key]));
    const sources = [...columns, ...pairs];
    if (sources.length === 0) return bound("CAST(NULL AS VARCHAR)");
    return bound(
      `coalesce(${sources.map(({ sql }) => `nullif(${sql}, '')`).join(", ")})`,
      sources.flatMap(({ values }) => values),
    );
  };

  return {
    pairKeys,
    async of(grouping, window) {
      if (grouping.by === "tag") return label(table.tags, grouping.key);
      if (grouping.by === "costCategory") return label(table.costCategories, grouping.name);
      const column = table.dimensions.get(grouping.by);
      if (column !== undefined) return bound(column);
      throw new CostSourceError(
        "validation",
        window,
        `This bill was loaded without ${grouping.by}. It has ${listed([...table.dimensions.keys()])}. Other dimensions are loaded only on demand, where the file has them.`,
      );
    },
  };
}

async function distinctPairKeys(connection: DuckDBConnection, pairs: string): Promise<readonly string[]> {
  // Maps repeat: each distinct one is read once.
  const read = await connection.runAndReadAll(
    `SELECT DISTINCT unnest(map_keys(pairs)) FROM (SELECT DISTINCT ${pairs} AS pairs FROM ${TABLE}) ORDER BY 1`,
  );
  return read.getRowsJson().map(([key]) => String(key));
}
