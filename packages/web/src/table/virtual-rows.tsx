import { createWindowVirtualizer } from "@tanstack/solid-virtual";
import { createSignal, For, type JSX, onCleanup, onMount } from "solid-js";
import { ROW_HEIGHT, SpacerRow } from "./spacer-row.tsx";

/** The rows in sight, between two spacers as tall as the rows that are not drawn. */
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
    // The first row moves when something above it is drawn.
    const measure = () => {
      if (body !== undefined) setMargin(Math.round(body.getBoundingClientRect().top + window.scrollY));
    };
    measure();
    const observer = new ResizeObserver(measure);
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
