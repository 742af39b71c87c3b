import { createSignal, type JSX, onCleanup, Show } from "solid-js";
import { afterPaint } from "./after-paint.ts";

/** What waits for its turn: one at a time, each in a task of its own, so that nothing blocks the reader's first look. */
const waiting: (() => void)[] = [];
let isRunning = false;

function next(): void {
  const draw = waiting.shift();
  isRunning = draw !== undefined;
  if (draw === undefined) return;
  draw();
  afterPaint(next);
}

/** Draws its children after what stands above them, in the order in which they stand. */
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
