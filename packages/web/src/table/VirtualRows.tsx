import { createWindowVirtualizer } from "@tanstack/solid-virtual";
import { For, type JSX, onMount, Show } from "solid-js";

/** A row's height in CSS pixels, as `data-table.module.css` has it (2.5rem). */
const ROW = 40;

/** Only the rows in sight, between two spaces as tall as those that are not. */
export default function VirtualRows(props: {
  count: number;
  columns: number;
  draw: (at: number) => JSX.Element;
}) {
  let body: HTMLTableSectionElement | undefined;
  const rows = createWindowVirtualizer({
    get count() {
      return props.count;
    },
    estimateSize: () => ROW,
    overscan: 12,
    get scrollMargin() {
      return body === undefined ? 0 : body.getBoundingClientRect().top + window.scrollY;
    },
  });
  onMount(() => rows.measure());
  const shown = () => rows.getVirtualItems();
  const before = () => (shown()[0]?.start ?? 0) - rows.options.scrollMargin;
  const after = () => rows.getTotalSize() - (shown().at(-1)?.end ?? 0) + rows.options.scrollMargin;
  return (
    <tbody ref={body}>
      <Space height={before()} columns={props.columns} />
      <For each={shown().map(({ index }) => index)}>{(at) => <>{props.draw(at)}</>}</For>
      <Space height={after()} columns={props.columns} />
    </tbody>
  );
}

function Space(props: { height: number; columns: number }) {
  return (
    <Show when={props.height > 0}>
      <tr>
        <td colspan={props.columns} style={{ height: `${props.height}px` }} />
      </tr>
    </Show>
  );
}
