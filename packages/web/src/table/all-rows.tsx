import { createEffect, createMemo, createSignal, For, type JSX, onCleanup } from "solid-js";
import { afterPaint } from "../parts/after-paint.ts";
import { ROW_HEIGHT, SpacerRow } from "./spacer-row.tsx";

/** Rows that are drawn in one task: more than a screen holds. */
export const ROWS_PER_TASK = 40;

/**
 * All rows, so that the browser's own search and a printer find each. Those that a reader sees first are drawn first;
 * the others follow, so many in a task, and until then a space is as tall as they.
 */
export function AllRows<Line>(props: {
  /** What they are the rows of: when it changes, none of those that stand there will do. */
  of: unknown;
  lines: readonly Line[];
  columns: number;
  draw: (line: Line) => JSX.Element;
}) {
  let body: HTMLTableSectionElement | undefined;
  const areOthersInSight = () =>
    (body?.rows[ROWS_PER_TASK]?.getBoundingClientRect().top ?? Number.POSITIVE_INFINITY) < window.innerHeight;
  const drawn = createMemo(() => {
    void props.of;
    return createSignal(areOthersInSight() ? Number.POSITIVE_INFINITY : ROWS_PER_TASK);
  });
  const shown = () => drawn()[0]();
  const missing = createMemo(() => Math.max(0, props.lines.length - shown()));
  createEffect(() => {
    if (missing() === 0) return;
    const [, setCount] = drawn();
    let isWanted = true;
    onCleanup(() => {
      isWanted = false;
    });
    afterPaint(() => isWanted && setCount((known) => known + ROWS_PER_TASK));
  });
  return (
    <tbody ref={body} aria-busy={missing() > 0}>
      <For each={props.lines.slice(0, shown())}>{props.draw}</For>
      <SpacerRow height={missing() * ROW_HEIGHT} columns={props.columns} />
    </tbody>
  );
}
