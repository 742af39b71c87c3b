import type { DuckDBConnection } from "@duckdb/node-api";
import type { LabelColumns, LabelName } from "./charge-columns.ts";
import type { FileGroup } from "./file-group.ts";
import { pairName } from "./label-names.ts";
import { scanOf } from "./scan.ts";
import { literal } from "./sql.ts";

/** Up to so many labels of a map are read one by one, which is quicker than grouping by the whole map. */
const MOST_COLUMNS = 8;

/**
 * The labels of a map as columns, where few of them are kept: the map is read for its keys first. A map in a text (JSON) stays
 * as it is: the text is what charges are grouped by.
 */
export async function labelsByColumn(
  connection: DuckDBConnection,
  { files, columns: { format } }: FileGroup,
  labels: LabelColumns,
  isKept: ((label: LabelName) => boolean) | null,
): Promise<LabelColumns> {
  const { columns, pairs } = labels;
  const isText = (files[0]?.columns ?? []).every(
    ({ sql, type }) => !/^(MAP|STRUCT)/.test(type) || !new RegExp(`\\b${sql}\\b`).test(pairs ?? ""),
  );
  if (pairs === null || isText) return labels;
  // A cell that cannot be read is an error of loading, which names it.
  const read = await connection
    .runAndReadAll(
      `SELECT DISTINCT unnest(map_keys(${pairs})) AS name FROM ${scanOf(files, format)} ORDER BY 1`,
    )
    .catch(() => null);
  if (read === null) return labels;
  const all = read.getRowsJson().map(([key]) => {
    const name = String(key);
    return { key: name, ...pairName(name, format === "CUR 2.0") };
  });
  const kept = isKept === null ? all : all.filter(isKept);
  // SQL text cannot contain NUL.
  if (kept.length > MOST_COLUMNS || all.some(({ key }) => key.includes("\0"))) return labels;
  return {
    columns: [
      ...columns,
      // Also those that are not kept: they tell charges apart.
      ...all.map(({ key, ...label }) => ({ ...label, sql: `${pairs}[${literal(key)}]` })),
    ],
    pairs: null,
  };
}
