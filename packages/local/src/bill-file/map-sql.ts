/** The type of pairs. A charge without any has an empty map or NULL. */
const PAIRS = "MAP(VARCHAR, VARCHAR)";

/** In RE2: a name or value that cannot be taken for several. */
const WORD = '[^=,;{}"\\[\\]]';
const PAIR = `${WORD}+=${WORD}*`;

/**
 * SQL that reads pairs from a text. JSON objects are nearly all of a bill; databases and spreadsheets write others:
 * `[{"key":"App","value":"web"}]`, `{App=web, Env=prod}`, `App=web;Env=prod`. A text without any letter or digit, and one
 * that says "null", has none. Fails, as a cast does, on a text that can be read in several ways.
 */
export const pairMacros: readonly string[] = [
  `CREATE TEMP MACRO no_pairs() AS CAST(MAP {} AS ${PAIRS})`,

  // An entry is `{"key": …, "value": …}`, or an object of one field. Without a name the map cannot be made, which is an error.
  `CREATE TEMP MACRO pairs_of_list(list) AS map_from_entries(list_transform(
     CAST(list AS ${PAIRS}[]),
     lambda entry: {
       'name': coalesce(entry['key'], entry['Key'], CASE WHEN cardinality(entry) = 1 THEN nullif(nullif(map_keys(entry)[1], 'value'), 'Value') END),
       'value': CASE WHEN coalesce(entry['key'], entry['Key']) IS NULL THEN map_values(entry)[1]
         ELSE coalesce(entry['value'], entry['Value']) END
     }))`,

  `CREATE TEMP MACRO pairs_of_json(json) AS CASE json_type(json)
     WHEN 'NULL' THEN no_pairs()
     WHEN 'ARRAY' THEN CASE WHEN json_array_length(json) = 0 THEN no_pairs() ELSE pairs_of_list(json) END
     ELSE CAST(json AS ${PAIRS}) END`,

  `CREATE TEMP MACRO pairs_of_text(text) AS CASE
     WHEN starts_with(text, '{"') THEN CAST(CAST(text AS JSON) AS ${PAIRS})
     WHEN NOT regexp_matches(text, '[\\p{L}\\p{N}]') OR regexp_full_match(trim(text), '(?i)null|none|n/a') THEN no_pairs()
     WHEN json_valid(text) THEN pairs_of_json(CAST(text AS JSON))
     WHEN regexp_full_match(text, '\\s*\\{${PAIR}(,\\s*${PAIR})*\\}\\s*') THEN CAST(text AS ${PAIRS})
     WHEN regexp_full_match(text, '${PAIR}(;\\s*${PAIR})*;?\\s*') THEN map_from_entries(list_transform(
       list_filter(string_split(text, ';'), lambda pair: trim(pair) <> ''),
       lambda pair: {'name': trim(split_part(pair, '=', 1)), 'value': trim(split_part(pair, '=', 2))}))
     ELSE CAST(CAST(text AS JSON) AS ${PAIRS}) END`,
];

/**
 * SQL that reads pairs (tags, cost categories) from a column of a DuckDB type: a map, a struct, a list of pairs, or text;
 * `null` when that type has no pairs.
 */
export function pairsOf(sql: string, type: string): string | null {
  if (type === PAIRS) return sql;
  if (type.startsWith("MAP(")) return `CAST(${sql} AS ${PAIRS})`;
  if (type === "VARCHAR") return `pairs_of_text(nullif(${sql}, ''))`;
  if (type === "JSON") return `pairs_of_json(${sql})`;
  if (type.startsWith("STRUCT(") && !type.endsWith("]")) return `CAST(to_json(${sql}) AS ${PAIRS})`;
  if (type.startsWith("STRUCT(")) return `pairs_of_json(to_json(${sql}))`;
  return null;
}

/** SQL that reads one value of such pairs; the key is a constant of this code, never from the bill. */
export function valueAt(sql: string, type: string, key: string): string | null {
  const pairs = type === "VARCHAR" || type === "JSON" ? null : pairsOf(sql, type);
  if (pairs !== null) return `${pairs}['${key}']`;
  return type === "VARCHAR" || type === "JSON" ? `json_extract_string(nullif(${sql}, ''), '/${key}')` : null;
}
