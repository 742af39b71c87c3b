import type { Change } from "@dapanoskop/dataset/report";
import { Show } from "solid-js";
import { useFormats } from "../words/formats-context.tsx";
import css from "./change.module.css";

/** A shape for each direction of a change, so that color is never the only sign. */
export const SHAPES = { up: "▲", down: "▼", new: "✦", unchanged: "", unknown: "" } as const;

/** A change's direction as a shape. Screen readers skip it: the sign of the amount says the same. */
export function Shape(props: { of: Change["direction"] }) {
  return (
    <span class={css.shape} aria-hidden="true">
      {SHAPES[props.of]}
    </span>
  );
}

/** A change: its direction, its amount with sign, and its percentage. */
export function ChangeText(props: { change: Change; percentOnly?: boolean; amountOnly?: boolean }) {
  const formats = useFormats();
  const isPlain = () => props.change.direction === "unchanged" || props.change.direction === "unknown";
  const percent = () => (props.change.direction === "new" ? "new" : formats.changePercent(props.change));
  return (
    <Show when={!isPlain()} fallback={<span class={css.quiet}>{props.change.direction}</span>}>
      <span class={css.change} data-direction={props.change.direction}>
        <Shape of={props.change.direction} />
        <Show when={!props.percentOnly}>{formats.changeAmount(props.change)}</Show>
        <Show when={!props.amountOnly && percent() !== ""}>
          {" " /* separates the two figures for screen readers and copied text */}
          <span class={props.percentOnly ? "" : css.percent}>{percent()}</span>
        </Show>
      </span>
    </Show>
  );
}
