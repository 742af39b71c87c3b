import { createMemo, For, type JSX, lazy, Show, Suspense } from "solid-js";
import { hasScript } from "../parts/has-script.ts";
import { AllRows, ROWS_PER_TASK } from "./all-rows.tsx";

/** With more rows than this, only the rows in sight are drawn. */
export const VIRTUAL_FROM = 200;

const VirtualRows = /* @__PURE__ */ lazy(() => import("./virtual-rows.tsx"));

export interface TableBodyProps<Line> {
  /** The data that the lines belong to. */
  readonly of: unknown;
  readonly lines: readonly Line[];
  readonly columns: number;
  readonly draw: (line: Line) => JSX.Element;
}

/** The rows of a table: the first at once, the others when there is time or when they come into sight. A file has all. */
export function TableBody<Line>(props: TableBodyProps<Line>) {
  return hasScript ? (
    <RowsInTime {...props} />
  ) : (
    <tbody>
      <For each={props.lines}>{props.draw}</For>
    </tbody>
  );
}

function RowsInTime<Line>(props: TableBodyProps<Line>) {
  const count = createMemo(() => props.lines.length);
  const drawAt = (at: number) => {
    const line = props.lines[at];
    return line === undefined ? null : props.draw(line);
  };
  return (
    <Show when={count() > VIRTUAL_FROM} fallback={<AllRows {...props} />}>
      <Suspense
        fallback={
          <tbody>
            <For each={props.lines.slice(0, ROWS_PER_TASK)}>{props.draw}</For>
          </tbody>
        }
      >
        <VirtualRows count={count()} columns={props.columns} draw={drawAt} />
      </Suspense>
    </Show>
  );
}
