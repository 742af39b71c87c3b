import type { Column } from "./columns.ts";
import { csvText } from "./csv.ts";

/** All rows of a table as CSV, with unrounded amounts. Columns without CSV values are left out. */
export function tableCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cells = columns.flatMap(({ csv }) => csv ?? []);
  return csvText([cells.map(([name]) => name), ...rows.map((row) => cells.map(([, value]) => value(row)))]);
}
