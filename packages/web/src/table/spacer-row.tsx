import { Show } from "solid-js";

/** A row's height in CSS pixels. `data-table.module.css` sets the same height (2.5rem). */
export const ROW_HEIGHT = 40;

/** Takes the place of rows that are not drawn, and is as tall as they would be. */
export function SpacerRow(props: { height: number; columns: number }) {
  return (
    <Show when={props.height > 0}>
      <tr>
        <td colspan={props.columns} style={{ height: `${props.height}px` }} />
      </tr>
    </Show>
  );
}
