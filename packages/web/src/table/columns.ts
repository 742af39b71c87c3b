import type { JSX } from "solid-js";
import type { CsvCell } from "./csv.ts";

/** What rows are sorted by. `null` comes last in both directions. */
export type SortValue = string | number | bigint | null;

/** A column of a table: its cells, its sort value, its CSV values and its total. */
export interface Column<Row> {
  readonly key: string;
  readonly title: JSX.Element;
  /** Absent: the table cannot be sorted by this column. */
  readonly sort?: (row: Row) => SortValue;
  readonly cell: (row: Row) => JSX.Element;
  /** `end` aligns amounts to the right. */
  readonly align?: "end";
  /** Columns of the CSV file. Absent: the column is on the page only. */
  readonly csv?: readonly (readonly [title: string, value: (row: Row) => CsvCell])[];
  /** `no` leaves the column out of a printed page. */
  readonly print?: "no";
  /** The cell of the last row: a total, or its label in the first column. */
  readonly total?: JSX.Element;
}

/** The `data-align` of a cell. Most cells are amounts: without it a cell is aligned to the right, which keeps a table short. */
export const alignment = ({ align }: Pick<Column<never>, "align">): "start" | undefined =>
  align === "end" ? undefined : "start";

/** The order of a table. In an address, `total-` is by total, largest first; `name` is by name, ascending. */
export interface Order {
  readonly key: string;
  readonly descending: boolean;
}

export const orderOf = (text: string | null): Order | null =>
  text === null || text === "" ? null : { key: text.replace(/-$/, ""), descending: text.endsWith("-") };

export const orderText = ({ key, descending }: Order): string => `${key}${descending ? "-" : ""}`;

/** Rows sorted by a column; equal rows keep their order. An unknown or unsortable column changes nothing. */
export function ordered<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  order: Order | null,
): readonly Row[] {
  const sort = columns.find(({ key }) => key === order?.key)?.sort;
  if (order === null || sort === undefined) return rows;
  const direction = order.descending ? -1 : 1;
  return rows
    .map((row) => ({ row, value: sort(row) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
      return direction * compared(a.value, b.value);
    })
    .map(({ row }) => row);
}

/** Created at the first sort of texts: most tables are drawn in the order in which they arrive. */
let alphabet: Intl.Collator | null = null;

function compared(a: string | number | bigint, b: string | number | bigint): number {
  if (typeof a === "string" && typeof b === "string") {
    alphabet ??= new Intl.Collator("en", { numeric: true, sensitivity: "base" });
    return alphabet.compare(a, b);
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether a name contains a searched text, ignoring case and Unicode compatibility forms. */
export const contains = (name: string, search: string): boolean => folded(name).includes(folded(search));

const folded = (text: string) => text.normalize("NFKC").toLowerCase();
