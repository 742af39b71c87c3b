import { Show } from "solid-js";
import css from "./spark.module.css";
import { sparkGeometry } from "./spark-geometry.ts";

const SIZE = { width: 96, height: 24 };

/** A course of months in a line of a table. The figures stand on the page that the line opens. */
export function Spark(props: { values: readonly (number | null)[] }) {
  const geometry = () => sparkGeometry(props.values, SIZE);
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
