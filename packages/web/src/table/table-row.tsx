import { For, Show } from "solid-js";
import { hasScript } from "../parts/has-script.ts";
import { alignment, type Column } from "./columns.ts";
import css from "./data-table.module.css";
import type { TableLine } from "./table-lines.ts";
import type { TableState } from "./table-state.ts";

/** One row: its first cell is the row's heading, with a button that shows its children. */
export function TableRow<Row>(props: {
  line: TableLine<Row>;
  columns: readonly Column<Row>[];
  name: (row: Row) => string;
  state: TableState;
  /** What the row's children are called, for the button that shows them. */
  childrenLabel: string;
}) {
  const name = () => props.name(props.line.row);
  const isUnfolded = () => props.state.unfolded().has(name());
  return (
    <tr data-depth={props.line.depth}>
      <For each={props.columns}>
        {(column, at) => (
          <Show
            when={at() === 0}
            fallback={
              <td data-align={alignment(column)} data-print={column.print}>
                {column.cell(props.line.row)}
              </td>
            }
          >
            <th scope="row">
              <span class={css.name}>
                <Show when={hasScript && props.line.canUnfold}>
                  <button
                    type="button"
                    class={css.fold}
                    aria-expanded={isUnfolded()}
                    aria-label={props.childrenLabel}
                    onClick={() => props.state.toggle(name())}
                  >
                    {isUnfolded() ? "▾" : "▸"}
                  </button>
                </Show>
                {column.cell(props.line.row)}
              </span>
            </th>
          </Show>
        )}
      </For>
    </tr>
  );
}
