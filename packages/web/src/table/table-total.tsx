import { For, Show } from "solid-js";
import { alignment, type Column } from "./columns.ts";

/** The last row: totals of all rows, whether or not a search hides some. */
export function TableTotal<Row>(props: { columns: readonly Column<Row>[]; isSearched: boolean }) {
  return (
    <tfoot>
      <tr>
        <For each={props.columns}>
          {(column, at) => (
            <Show
              when={at() === 0}
              fallback={
                <td data-align={alignment(column)} data-print={column.print}>
                  {column.total}
                </td>
              }
            >
              <th scope="row">
                {column.total}
                <Show when={props.isSearched}> of all</Show>
              </th>
            </Show>
          )}
        </For>
      </tr>
    </tfoot>
  );
}
