import { For } from "solid-js";
import css from "./share-bar.module.css";
import { type Share, shareGeometry } from "./share-geometry.ts";
import tone from "./tone.module.css";

/** One bar divided into shares. The figures are written in a legend beside it. @param props.drawing receives the drawing, to save it */
export function ShareBar(props: {
  shares: readonly Share[];
  drawing: (svg: SVGSVGElement) => void;
  tall?: boolean;
}) {
  return (
    <svg
      ref={props.drawing}
      class={css.bar}
      data-tall={props.tall ?? false}
      viewBox="0 0 100 10"
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <For each={shareGeometry(props.shares)}>
        {(rect) => (
          <rect
            class={tone.part}
            data-tone={rect.tone}
            x={rect.x}
            width={Math.max(0, rect.width - 0.2)}
            height="10"
          />
        )}
      </For>
    </svg>
  );
}
