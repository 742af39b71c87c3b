import { For } from "solid-js";
import { useFormats } from "../words/formats-context.tsx";
import type { StackGeometry } from "./stack-geometry.ts";
import css from "./trend-chart.module.css";

/** The horizontal lines of a trend chart and their amounts. */
export function TrendAxis(props: { geometry: StackGeometry; currency: string }) {
  const formats = useFormats();
  const plot = () => props.geometry.plot;
  return (
    <For each={props.geometry.ticks}>
      {({ value, y }) => (
        <g>
          <line
            class={value === 0 ? css.zero : css.grid}
            x1={plot().x}
            x2={plot().x + plot().width}
            y1={y}
            y2={y}
          />
          <text class={css.label} x={plot().x - 8} y={y + 4} text-anchor="end">
            {formats.shortMoney(value, props.currency)}
          </text>
        </g>
      )}
    </For>
  );
}
