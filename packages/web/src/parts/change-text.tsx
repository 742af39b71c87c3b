import { type Change, changeAmountText, changeRemark } from "@dapanoskop/core/insight";
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
  const remark = () => changeRemark(props.change, formats);
  return (
    <Show when={!isPlain()} fallback={<span class={css.quiet}>{props.change.direction}</span>}>
      <span class={css.change} data-direction={props.change.direction}>
        <Shape of={props.change.direction} />
        <Show when={!props.percentOnly}>{changeAmountText(props.change, formats)}</Show>
        <Show when={!props.amountOnly && remark() !== ""}>
          {" " /* separates the two figures for screen readers and copied text */}
          <span class={props.percentOnly ? "" : css.percent}>{remark()}</span>
        </Show>
      </span>
    </Show>
  );
}
