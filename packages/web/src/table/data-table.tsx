import { createMemo, type JSX, Show } from "solid-js";
import { hasScript } from "../parts/has-script.ts";
import { useFormats } from "../words/formats-context.tsx";
import type { Column } from "./columns.ts";
import css from "./data-table.module.css";
import { TableBody, VIRTUAL_FROM } from "./table-body.tsx";
import { TableHead } from "./table-head.tsx";
import { type TableLine, tableLines } from "./table-lines.ts";
import { TableRow } from "./table-row.tsx";
import { type RowNames, TableSearch } from "./table-search.tsx";
import type { TableState } from "./table-state.ts";
import { TableTotal } from "./table-total.tsx";

/** Rows of the page that are printed; `data-table.module.css` hides the others. A file is printed with all rows. */
const PRINTED_ROWS = 20;

export interface DataTableProps<Row> {
  /** What the table contains, for screen readers. */
  readonly caption: string;
  /** The first is the row's heading. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** The text that the search looks at; it also identifies an unfolded row. */
  readonly name: (row: Row) => string;
  readonly children?: (row: Row) => readonly Row[];
  /** What the children are called, for the button that shows them. */
  readonly childrenLabel?: string;
  readonly state: TableState;
  /** Absent: the table has no search. */
  readonly rowNames?: RowNames;
}

/** A table with totals that can be sorted, searched and unfolded; in a file every row is unfolded. Its state belongs to the caller. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const formats = useFormats();
  const isSearched = () => props.state.search().trim() !== "";
  const lines = createStableLines(() =>
    tableLines({
      rows: props.rows,
      columns: props.columns,
      name: props.name,
      children: props.children,
      order: props.state.order(),
      search: props.state.search(),
      unfolded: hasScript ? props.state.unfolded() : new Set(props.rows.map(props.name)),
    }),
  );
  const rowCount = () => lines().filter(({ depth }) => depth === 0).length;
  const draw = (line: TableLine<Row>): JSX.Element => (
    <TableRow
      line={line}
      columns={props.columns}
      name={props.name}
      state={props.state}
      childrenLabel={props.childrenLabel ?? ""}
    />
  );

  return (
    <>
      <Show when={hasScript && props.rowNames}>
        {(names) => <TableSearch names={names()} count={rowCount()} state={props.state} />}
      </Show>
      <section class={css.scroll} aria-label={props.caption} tabindex="0">
        <table
          class={css.table}
          aria-rowcount={lines().length > VIRTUAL_FROM ? lines().length + 1 : undefined}
        >
          <caption class="unseen">{props.caption}</caption>
          <TableHead columns={props.columns} state={props.state} />
          <TableBody of={props.rows} lines={lines()} columns={props.columns.length} draw={draw} />
          <Show when={props.columns.some(({ total }) => total !== undefined)}>
            <TableTotal columns={props.columns} isSearched={isSearched()} />
          </Show>
        </table>
        <Show when={hasScript && rowCount() > PRINTED_ROWS}>
          <p class={css.paper}>
            The first {PRINTED_ROWS} of {formats.count(rowCount())} rows, in the order of the screen. The CSV
            file has all of them.
          </p>
        </Show>
        <Show when={lines().length === 0}>
          <p class={css.none}>{isSearched() ? "No name contains this text." : "There are no rows."}</p>
        </Show>
      </section>
    </>
  );
}

/** Keeps the object of an unchanged line, so that what is drawn of it stays when the table is sorted or searched. */
function createStableLines<Row>(lines: () => readonly TableLine<Row>[]) {
  const known = new Map<Row, TableLine<Row>>();
  return createMemo<readonly TableLine<Row>[]>(() =>
    lines().map((line) => {
      const before = known.get(line.row);
      if (before?.canUnfold === line.canUnfold && before.depth === line.depth) return before;
      known.set(line.row, line);
      return line;
    }),
  );
}
