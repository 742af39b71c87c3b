import { createSignal, type JSX, onCleanup, Show } from "solid-js";
import { afterPaint } from "./after-paint.ts";

/** Sections that wait to be drawn. Each is drawn in a task of its own, so that none delays the first paint. */
const waiting: (() => void)[] = [];
let isRunning = false;

function next(): void {
  const draw = waiting.shift();
  isRunning = draw !== undefined;
  if (draw === undefined) return;
  draw();
  afterPaint(next);
}

/** Draws its children in a later task, after those of the `Deferred` sections before it. */
export function Deferred(props: { children: JSX.Element }) {
  const [isDue, setDue] = createSignal(false);
  const draw = () => setDue(true);
  waiting.push(draw);
  if (!isRunning) {
    isRunning = true;
    afterPaint(next);
  }
  onCleanup(() => {
    const at = waiting.indexOf(draw);
    if (at !== -1) waiting.splice(at, 1);
  });
  return <Show when={isDue()}>{props.children}</Show>;
}
