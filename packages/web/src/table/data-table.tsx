import { createMemo, For, type JSX, lazy, Show, Suspense } from "solid-js";
import { useFormats } from "../words/formats-context.tsx";
import { AllRows, ROWS_PER_TASK } from "./all-rows.tsx";
import { type Column, holds, ordered } from "./columns.ts";
import css from "./data-table.module.css";
import type { TableState } from "./table-state.ts";

/** Beyond this many rows only those in sight are drawn. */
const VIRTUAL_FROM = 200;

/** So many rows are printed, as `data-table.module.css` has it: a page is a report, and not a register. */
const PRINTED_ROWS = 20;

const VirtualRows = lazy(() => import("./virtual-rows.tsx"));

export interface DataTableProps<Row> {
  /** What the table holds, for those who cannot see it. */
  readonly caption: string;
  /** The first is the row's heading. */
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** What is looked for, and what tells an unfolded row. */
  readonly name: (row: Row) => string;
  readonly children?: (row: Row) => readonly Row[];
  readonly state: TableState;
  /** What one row is called, many, and what is looked for where rows unfold. Absent: nothing to look for. */
  readonly things?: readonly [one: string, many: string, sought?: string];
  readonly foot?: boolean;
}

interface Line<Row> {
  readonly row: Row;
  readonly depth: 0 | 1;
}

/** A plain table that can be sorted, searched and unfolded. Its figures are text; its state is its owner's. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const formats = useFormats();
  // A line is kept as long as its row, so that what is drawn stays when the table is turned.
  const kept = new Map<Row, Line<Row>>();
  const lineOf = (row: Row, depth: 0 | 1): Line<Row> => {
    const known = kept.get(row) ?? { row, depth };
    kept.set(row, known);
    return known;
  };
  const sorted = (rows: readonly Row[]) => ordered(rows, props.columns, props.state.order());
  const wanted = () => props.state.find().trim();
  const isFoundItself = (row: Row) => wanted() === "" || holds(props.name(row), wanted());
  const lines = createMemo<readonly Line<Row>[]>(() => {
    const open = props.state.open();
    return sorted(props.rows).flatMap((row) => {
      const children = props.children?.(row) ?? [];
      const isFound = isFoundItself(row);
      const found = isFound ? children : children.filter((child) => holds(props.name(child), wanted()));
      if (!isFound && found.length === 0) return [];
      const shown = open.has(props.name(row)) || !isFound ? found : [];
      return [lineOf(row, 0), ...sorted(shown).map((child) => lineOf(child, 1))];
    });
  });
  const top = () => lines().filter(({ depth }) => depth === 0).length;
  const isOpen = (row: Row) => props.state.open().has(props.name(row));

  const draw = (line: Line<Row>): JSX.Element => (
    <tr data-depth={line.depth}>
      <For each={props.columns}>
        {(column, at) => (
          <Show
            when={at() === 0}
            fallback={
              <td data-align={column.align} data-print={column.print}>
                {column.cell(line.row)}
              </td>
            }
          >
            <th scope="row">
              <span class={css.name}>
                {/* What was looked for in it has unfolded the row already. */}
                <Show
                  when={
                    line.depth === 0 &&
                    isFoundItself(line.row) &&
                    (props.children?.(line.row).length ?? 0) > 0
                  }
                >
                  <button
                    type="button"
                    class={css.fold}
                    aria-expanded={isOpen(line.row)}
                    aria-label="Workloads"
                    onClick={() => props.state.toggle(props.name(line.row))}
                  >
                    {isOpen(line.row) ? "▾" : "▸"}
                  </button>
                </Show>
                {column.cell(line.row)}
              </span>
            </th>
          </Show>
        )}
      </For>
    </tr>
  );

  return (
    <>
      <Show when={props.things}>
        {(things) => (
          <div class={css.tools}>
            <input
              class={css.find}
              type="search"
              placeholder={`Find a ${things()[2] ?? things()[0]}`}
              aria-label={`Find a ${things()[2] ?? things()[0]}`}
              value={props.state.find()}
              onInput={(event) => props.state.setFind(event.currentTarget.value)}
            />
            <span class={css.count} role="status">
              {formats.count(top())} {top() === 1 ? things()[0] : things()[1]}
            </span>
          </div>
        )}
      </Show>
      <section class={css.scroll} aria-label={props.caption} tabindex="0">
        <table
          class={css.table}
          aria-rowcount={lines().length > VIRTUAL_FROM ? lines().length + 1 : undefined}
        >
          <caption class="unseen">{props.caption}</caption>
          <thead>
            <tr>
              <For each={props.columns}>{(column) => <Heading column={column} state={props.state} />}</For>
            </tr>
          </thead>
          <Show
            when={lines().length > VIRTUAL_FROM}
            fallback={<AllRows of={props.rows} lines={lines()} columns={props.columns.length} draw={draw} />}
          >
            <Suspense
              fallback={
                <tbody>
                  <For each={lines().slice(0, ROWS_PER_TASK)}>{draw}</For>
                </tbody>
              }
            >
              <VirtualRows
                count={lines().length}
                columns={props.columns.length}
                draw={(at) => drawn(lines()[at], draw)}
              />
            </Suspense>
          </Show>
          <Show when={props.foot}>
            <tfoot>
              <tr>
                <For each={props.columns}>
                  {(column, at) => (
                    <Show
                      when={at() === 0}
                      fallback={
                        <td data-align={column.align} data-print={column.print}>
                          {column.foot}
                        </td>
                      }
                    >
                      <th scope="row">
                        {column.foot}
                        <Show when={wanted() !== ""}> of all</Show>
                      </th>
                    </Show>
                  )}
                </For>
              </tr>
            </tfoot>
          </Show>
        </table>
        <Show when={top() > PRINTED_ROWS}>
          <p class={css.paper}>
            The first {PRINTED_ROWS} of {formats.count(top())} rows, in the order of the screen. The CSV has
            all.
          </p>
        </Show>
        <Show when={lines().length === 0}>
          <p class={css.none}>
            <Show when={wanted() !== ""} fallback="There is nothing to list.">
              Nothing here is called like that.
            </Show>
          </p>
        </Show>
      </section>
    </>
  );
}

const drawn = <Row,>(line: Line<Row> | undefined, draw: (line: Line<Row>) => JSX.Element) =>
  line === undefined ? null : draw(line);

function Heading<Row>(props: { column: Column<Row>; state: TableState }) {
  const order = () => {
    const known = props.state.order();
    return known?.key === props.column.key ? known : null;
  };
  const turn = () => {
    const known = order();
    // Figures are wanted largest first, names from A.
    props.state.setOrder({
      key: props.column.key,
      descending: known === null ? props.column.align === "end" : !known.descending,
    });
  };
  const sorting = () => {
    const known = order();
    if (known === null) return undefined;
    return known.descending ? "descending" : "ascending";
  };
  return (
    <th scope="col" data-align={props.column.align} data-print={props.column.print} aria-sort={sorting()}>
      <Show when={props.column.sort} fallback={props.column.title}>
        <button type="button" class={css.sort} onClick={turn}>
          {props.column.title}
          <Show when={order()}>
            {(known) => (
              <span class={css.arrow} aria-hidden="true">
                {known().descending ? "↓" : "↑"}
              </span>
            )}
          </Show>
        </button>
      </Show>
    </th>
  );
}
