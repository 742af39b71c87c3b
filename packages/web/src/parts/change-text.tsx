import type { Change } from "@dapanoskop/dataset/report";
import { Show } from "solid-js";
import { useFormats } from "../words/formats-context.tsx";
import css from "./change.module.css";

// Direction is told by sign and by shape, never by color alone.
export const SHAPES = { up: "▲", down: "▼", new: "✦", unchanged: "", unknown: "" } as const;

/** Direction as a shape: beside the sign, which says the same. */
export function Shape(props: { of: Change["direction"] }) {
  return (
    <span class={css.shape} aria-hidden="true">
      {SHAPES[props.of]}
    </span>
  );
}

/** A change: its shape, its amount with sign, its percentage. */
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
          {" " /* read aloud and copied, they are two figures */}
          <span class={props.percentOnly ? "" : css.percent}>{percent()}</span>
        </Show>
      </span>
    </Show>
  );
}
