/**
 * SQL that reads pairs (tags, cost categories) from a column of a DuckDB type: a map, a struct, or JSON text; `null`
 * when that type has no pairs.
 */
export function pairsOf(sql: string, type: string): string | null {
  if (type === "MAP(VARCHAR, VARCHAR)") return sql;
  if (type.startsWith("MAP(")) return `CAST(${sql} AS MAP(VARCHAR, VARCHAR))`;
  if (type === "VARCHAR") return `CAST(CAST(nullif(${sql}, '') AS JSON) AS MAP(VARCHAR, VARCHAR))`;
  if (type === "JSON") return `CAST(${sql} AS MAP(VARCHAR, VARCHAR))`;
  if (type.startsWith("STRUCT(")) return `CAST(to_json(${sql}) AS MAP(VARCHAR, VARCHAR))`;
  return null;
}

/** SQL that reads one value of such pairs; the key is a constant of this code, never from the bill. */
export function valueAt(sql: string, type: string, key: string): string | null {
  const pairs = type === "VARCHAR" || type === "JSON" ? null : pairsOf(sql, type);
  if (pairs !== null) return `${pairs}['${key}']`;
  return type === "VARCHAR" || type === "JSON" ? `json_extract_string(nullif(${sql}, ''), '/${key}')` : null;
}
