import type { Window } from "@dapanoskop/core/calendar";
import { type CostFilter, type CostMatch, matchesValue } from "@dapanoskop/core/source";
import type { DuckDBConnection } from "@duckdb/node-api";
import { TABLE } from "./bill-table.ts";
import { type BoundSql, bound, type ChargeKeys } from "./key-sql.ts";

/**
 * SQL for a filter, never NULL: a charge without the key passes a `not`. Text from the query is always a value.
 */
export async function filterSql(
  connection: DuckDBConnection,
  keys: ChargeKeys,
  filter: CostFilter,
  window: Window,
): Promise<BoundSql> {
  const sqlOf = (part: CostFilter) => filterSql(connection, keys, part, window);
  if ("and" in filter) return joined(await Promise.all(filter.and.map(sqlOf)), "AND", "true");
  if ("or" in filter) return joined(await Promise.all(filter.or.map(sqlOf)), "OR", "false");
  if ("not" in filter) {
    const { sql, values } = await sqlOf(filter.not);
    return bound(`NOT ${sql}`, values);
  }
  return matchSql(connection, await keys.of(filter.of, window), filter);
}

function joined(parts: readonly BoundSql[], operator: "AND" | "OR", none: string): BoundSql {
  if (parts.length === 0) return bound(none);
  return bound(
    `(${parts.map(({ sql }) => sql).join(` ${operator} `)})`,
    parts.flatMap(({ values }) => values),
  );
}

async function matchSql(connection: DuckDBConnection, key: BoundSql, match: CostMatch): Promise<BoundSql> {
  if (match.match === "absent") return bound(`(${key.sql} IS NULL)`, key.values);
  const tests: BoundSql[] = [];
  // An empty value means none.
  if (matchesValue(match, null)) tests.push(bound(`${key.sql} IS NULL`, key.values));
  if (match.caseSensitive) {
    const test = TESTS[match.match];
    for (const wanted of match.values) tests.push(bound(test(key.sql), [...key.values, wanted]));
  } else {
    const found = await matchingValues(connection, key, match);
    if (found.length > 0) {
      tests.push(bound(`${key.sql} IN (${found.map(() => "?").join(", ")})`, [...key.values, ...found]));
    }
  }
  const { sql, values } = joined(tests, "OR", "false");
  return bound(`coalesce(${sql}, false)`, values);
}

// Functions, not LIKE: a `%` in a name is a percent sign.
const TESTS: Readonly<Record<Exclude<CostMatch["match"], "absent">, (key: string) => string>> = {
  equals: (key) => `coalesce(${key} = ?, false)`,
  startsWith: (key) => `coalesce(starts_with(${key}, ?), false)`,
  endsWith: (key) => `coalesce(suffix(${key}, ?), false)`,
  contains: (key) => `coalesce(contains(${key}, ?), false)`,
};

/** Without case, core compares value by value: DuckDB folds some letters differently. */
async function matchingValues(connection: DuckDBConnection, key: BoundSql, match: CostMatch) {
  const read = await connection.runAndReadAll(`SELECT DISTINCT ${key.sql} FROM ${TABLE}`, [...key.values]);
  return read
    .getRowsJson()
    .map(([value]) => value)
    .filter((value): value is string => typeof value === "string" && matchesValue(match, value));
}
