import { For, Show } from "solid-js";
import { hasScript } from "../parts/has-script.ts";
import { alignment, type Column } from "./columns.ts";
import css from "./data-table.module.css";
import type { TableState } from "./table-state.ts";

/** The headings of a table's columns. Those that can be sorted are buttons. */
export function TableHead<Row>(props: { columns: readonly Column<Row>[]; state: TableState }) {
  return (
    <thead>
      <tr>
        <For each={props.columns}>{(column) => <Heading column={column} state={props.state} />}</For>
      </tr>
    </thead>
  );
}

function Heading<Row>(props: { column: Column<Row>; state: TableState }) {
  const order = () => {
    const current = props.state.order();
    return current?.key === props.column.key ? current : null;
  };
  const sortOrReverse = () => {
    const current = order();
    // Amounts start with the largest, names with A.
    props.state.setOrder({
      key: props.column.key,
      descending: current === null ? props.column.align === "end" : !current.descending,
    });
  };
  const ariaSort = () => {
    const current = order();
    if (current === null) return undefined;
    return current.descending ? "descending" : "ascending";
  };
  return (
    <th
      scope="col"
      data-align={alignment(props.column)}
      data-print={props.column.print}
      aria-sort={ariaSort()}
    >
      <Show when={hasScript && props.column.sort} fallback={props.column.title}>
        <button type="button" class={css.sort} onClick={sortOrReverse}>
          {props.column.title}
          <Show when={order()}>
            {(current) => (
              <span class={css.arrow} aria-hidden="true">
                {current().descending ? "↓" : "↑"}
              </span>
            )}
          </Show>
        </button>
      </Show>
    </th>
  );
}
