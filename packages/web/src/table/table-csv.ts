import type { Column } from "./columns.ts";
import { csvText } from "./csv.ts";

/** A table with all its rows for a spreadsheet: the columns that have something to say there, amounts unrounded. */
export function tableCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cells = columns.flatMap(({ csv }) => csv ?? []);
  return csvText([cells.map(([name]) => name), ...rows.map((row) => cells.map(([, value]) => value(row)))]);
}
