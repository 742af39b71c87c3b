import { Show } from "solid-js";

/** A row's height in CSS pixels, as `data-table.module.css` has it (2.5rem). */
export const ROW_HEIGHT = 40;

/** In the place of rows that are not drawn, as tall as they. */
export function SpacerRow(props: { height: number; columns: number }) {
  return (
    <Show when={props.height > 0}>
      <tr>
        <td colspan={props.columns} style={{ height: `${props.height}px` }} />
      </tr>
    </Show>
  );
}
