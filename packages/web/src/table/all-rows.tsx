import { createEffect, createMemo, createSignal, For, type JSX, onCleanup } from "solid-js";
import { afterPaint } from "../parts/after-paint.ts";
import { ROW_HEIGHT, SpacerRow } from "./spacer-row.tsx";

/** Rows that one task draws: more than fit on a screen. */
export const ROWS_PER_TASK = 40;

/**
 * Draws all rows, so that the browser's search and a printer find each of them. The first rows are drawn at once, the
 * others in tasks of `ROWS_PER_TASK`; until then a spacer keeps their place.
 */
export function AllRows<Line>(props: {
  /** The data that the lines belong to. When it changes, drawing starts again with the first rows. */
  of: unknown;
  lines: readonly Line[];
  columns: number;
  draw: (line: Line) => JSX.Element;
}) {
  let body: HTMLTableSectionElement | undefined;
  const isBeyondFirstTaskInSight = () =>
    (body?.rows[ROWS_PER_TASK]?.getBoundingClientRect().top ?? Number.POSITIVE_INFINITY) < window.innerHeight;
  const drawn = createMemo(() => {
    void props.of;
    return createSignal(isBeyondFirstTaskInSight() ? Number.POSITIVE_INFINITY : ROWS_PER_TASK);
  });
  const shown = () => drawn()[0]();
  const missing = createMemo(() => Math.max(0, props.lines.length - shown()));
  createEffect(() => {
    if (missing() === 0) return;
    const [, setCount] = drawn();
    let isCurrent = true;
    onCleanup(() => {
      isCurrent = false;
    });
    afterPaint(() => isCurrent && setCount((count) => count + ROWS_PER_TASK));
  });
  return (
    <tbody ref={body} aria-busy={missing() > 0}>
      <For each={props.lines.slice(0, shown())}>{props.draw}</For>
      <SpacerRow height={missing() * ROW_HEIGHT} columns={props.columns} />
    </tbody>
  );
}
