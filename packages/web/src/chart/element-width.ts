import { type Accessor, createSignal, onCleanup } from "solid-js";

/** An element's width in CSS pixels: `initial` until it is laid out. @returns the width, and the element's `ref` */
export function createElementWidth(initial: number): [Accessor<number>, (element: HTMLElement) => void] {
  const [width, setWidth] = createSignal(initial);
  const measure = (element: HTMLElement) => {
    if (typeof ResizeObserver === "undefined") return;
    const observer = new ResizeObserver(([entry]) => {
      const found = Math.round(entry?.contentRect.width ?? 0);
      if (found > 0) setWidth(found);
    });
    observer.observe(element);
    onCleanup(() => observer.disconnect());
  };
  return [width, measure];
}
