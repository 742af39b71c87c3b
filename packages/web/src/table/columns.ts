import type { JSX } from "solid-js";
import type { CsvCell } from "./csv.ts";

/** What rows are ordered by. `null` stands last, whichever way the table is turned. */
export type SortValue = string | number | bigint | null;

/** A column: one definition for the cell on the page, the order of rows, and the spreadsheet. */
export interface Column<Row> {
  readonly key: string;
  readonly title: JSX.Element;
  /** Absent: nobody sorts by it. */
  readonly sort?: (row: Row) => SortValue;
  readonly cell: (row: Row) => JSX.Element;
  /** Figures stand right, so that their digits align. */
  readonly align?: "end";
  /** Absent: it is drawn only. */
  readonly csv?: readonly (readonly [title: string, value: (row: Row) => CsvCell])[];
  /** `no`: a printed page has no room for it. */
  readonly print?: "no";
  /** Under the column. */
  readonly foot?: JSX.Element;
}

/** How a table is turned: `total-` is by total, largest first; `name` is by name, as the alphabet has it. */
export interface Order {
  readonly key: string;
  readonly descending: boolean;
}

export const orderOf = (text: string | null): Order | null =>
  text === null || text === "" ? null : { key: text.replace(/-$/, ""), descending: text.endsWith("-") };

export const orderText = ({ key, descending }: Order): string => `${key}${descending ? "-" : ""}`;

/** Rows in the order of a column; equals stay as they were. A column that nobody sorts by leaves them alone. */
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

/** Made when texts are first sorted: most tables come in the order in which they are drawn. */
let alphabet: Intl.Collator | null = null;

function compared(a: string | number | bigint, b: string | number | bigint): number {
  if (typeof a === "string" && typeof b === "string") {
    alphabet ??= new Intl.Collator("en", { numeric: true, sensitivity: "base" });
    return alphabet.compare(a, b);
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether a name holds what is looked for, however it is written. */
export const holds = (name: string, wanted: string): boolean => folded(name).includes(folded(wanted));

const folded = (text: string) => text.normalize("NFKC").toLowerCase();
