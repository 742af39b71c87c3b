import { type Column, contains, type Order, ordered } from "./columns.ts";

/** A row as the table draws it: at depth 1 it is a child of the last row at depth 0. */
export interface TableLine<Row> {
  readonly row: Row;
  readonly depth: 0 | 1;
  /** It has children that the reader can show or hide. A search that matched only children has shown them already. */
  readonly canUnfold: boolean;
}

/** What decides which rows a table shows. */
export interface TableView<Row> {
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  /** The text that the search looks at; it also identifies an unfolded row. */
  readonly name: (row: Row) => string;
  readonly children: ((row: Row) => readonly Row[]) | undefined;
  readonly order: Order | null;
  /** The searched text; empty shows all rows. */
  readonly search: string;
  readonly unfolded: ReadonlySet<string>;
}

/**
 * The rows that a table shows, in their order. A row that the search does not match is shown when one of its children
 * matches, and then only with those children.
 */
export function tableLines<Row>(view: TableView<Row>): readonly TableLine<Row>[] {
  const search = view.search.trim();
  const matches = (row: Row) => search === "" || contains(view.name(row), search);
  const sorted = (rows: readonly Row[]) => ordered(rows, view.columns, view.order);
  return sorted(view.rows).flatMap((row) => {
    const children = view.children?.(row) ?? [];
    const isMatch = matches(row);
    const found = isMatch ? children : children.filter(matches);
    if (!isMatch && found.length === 0) return [];
    const shown = view.unfolded.has(view.name(row)) || !isMatch ? found : [];
    return [
      { row, depth: 0 as const, canUnfold: isMatch && children.length > 0 },
      ...sorted(shown).map((child) => ({ row: child, depth: 1 as const, canUnfold: false })),
    ];
  });
}
