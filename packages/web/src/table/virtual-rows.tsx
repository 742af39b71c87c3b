import { createWindowVirtualizer } from "@tanstack/solid-virtual";
import { createSignal, For, type JSX, onCleanup, onMount } from "solid-js";
import { ROW_HEIGHT, SpacerRow } from "./spacer-row.tsx";

/** Only the rows in sight, between two spaces as tall as those that are not. */
export default function VirtualRows(props: {
  count: number;
  columns: number;
  draw: (at: number) => JSX.Element;
}) {
  const [margin, setMargin] = createSignal(0);
  let body: HTMLTableSectionElement | undefined;
  const rows = createWindowVirtualizer({
    get count() {
      return props.count;
    },
    get scrollMargin() {
      return margin();
    },
    estimateSize: () => ROW_HEIGHT,
    overscan: 16,
  });
  onMount(() => {
    // Where the rows begin on the page moves with whatever is drawn above them.
    const find = () => {
      if (body !== undefined) setMargin(Math.round(body.getBoundingClientRect().top + window.scrollY));
    };
    find();
    const observer = new ResizeObserver(find);
    observer.observe(document.body);
    onCleanup(() => observer.disconnect());
  });
  const shown = () => rows.getVirtualItems();
  const before = () => (shown()[0]?.start ?? 0) - margin();
  const after = () => rows.getTotalSize() - ((shown().at(-1)?.end ?? margin()) - margin());
  return (
    <tbody ref={body}>
      <SpacerRow height={before()} columns={props.columns} />
      <For each={shown().map(({ index }) => index)}>{(at) => <>{props.draw(at)}</>}</For>
      <SpacerRow height={after()} columns={props.columns} />
    </tbody>
  );
}
