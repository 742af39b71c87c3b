import { Show } from "solid-js";
import css from "./sparkline.module.css";
import { sparklineGeometry } from "./sparkline-geometry.ts";

const SIZE = { width: 96, height: 24 };

/** Amounts of consecutive months in a row of a table. Screen readers skip it: the page that the row opens has the figures. */
export function Sparkline(props: { values: readonly (number | null)[] }) {
  const geometry = () => sparklineGeometry(props.values, SIZE);
  return (
    <svg
      class={css.spark}
      viewBox={`0 0 ${SIZE.width} ${SIZE.height}`}
      width={SIZE.width}
      height={SIZE.height}
      aria-hidden="true"
    >
      <path class={css.line} d={geometry().path} />
      <Show when={geometry().end}>
        {(end) => <circle class={css.end} cx={end().x} cy={end().y} r="2.25" />}
      </Show>
    </svg>
  );
}
