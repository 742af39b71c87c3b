import type { Window } from "@dapanoskop/core/calendar";
import { CostSourceError, type Grouping } from "@dapanoskop/core/source";
import type { DuckDBConnection } from "@duckdb/node-api";
import { listed } from "./bill-file-error.ts";
import { type BillTable, type LabelTable, TABLE } from "./bill-table.ts";
import { isNamed, pairName } from "./label-names.ts";

/** SQL with the values of its `?`, in order. */
export interface Bound {
  readonly sql: string;
  readonly values: readonly string[];
}

export const bound = (sql: string, values: readonly string[] = []): Bound => ({ sql, values });

/** What reads the keys of charges. Keys of maps are learnt from the table when first needed. */
export interface Keys {
  /** VARCHAR; NULL where a charge has none. An empty tag is none, as Cost Explorer has it. */
  of(grouping: Grouping, window: Window): Promise<Bound>;
  /** The raw keys of a label table's maps. */
  pairKeys(labels: LabelTable): Promise<readonly string[]>;
}

export function keysOf(connection: DuckDBConnection, table: BillTable): Keys {
  const learnt = new Map<string, Promise<readonly string[]>>();

  const pairKeys = (labels: LabelTable) => {
    if (labels.pairs === null) return Promise.resolve([]);
    const known = learnt.get(labels.pairs);
    if (known !== undefined) return known;
    const keys = distinctPairKeys(connection, labels.pairs);
    learnt.set(labels.pairs, keys);
    return keys;
  };

  const label = async (labels: LabelTable, asked: string): Promise<Bound> => {
    const columns = labels.columns
      .filter((column) => isNamed(column, asked))
      .map(({ column }) => bound(column));
    const pairs = (await pairKeys(labels))
      .filter((key) => isNamed(pairName(key, labels.arePairsLowered), asked))
      .map((key) => bound(`${labels.pairs}[?]`, [key]));
    const homes = [...columns, ...pairs];
    if (homes.length === 0) return bound("CAST(NULL AS VARCHAR)");
    return bound(
      `coalesce(${homes.map(({ sql }) => `nullif(${sql}, '')`).join(", ")})`,
      homes.flatMap(({ values }) => values),
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
        `This bill does not tell charges apart by ${grouping.by}. It knows ${listed([...table.dimensions.keys()])}; others are loaded only when asked for, where the file has them.`,
      );
    },
  };
}

async function distinctPairKeys(connection: DuckDBConnection, pairs: string): Promise<readonly string[]> {
  // Maps repeat: each different one is looked into once.
  const read = await connection.runAndReadAll(
    `SELECT DISTINCT unnest(map_keys(pairs)) FROM (SELECT DISTINCT ${pairs} AS pairs FROM ${TABLE}) ORDER BY 1`,
  );
  return read.getRowsJson().map(([key]) => String(key));
}
