import { type Change, isSignificant } from "@dapanoskop/core/insight";
import type { Money } from "@dapanoskop/core/money";
import { Show } from "solid-js";
import css from "./significant-change.module.css";
import { Term } from "./term.tsx";

/** Marks a significant change. @param props.monthTotal what significance is measured by */
export function SignificantMark(props: { change: Change; monthTotal: Money }) {
  return (
    <Show when={isSignificant(props.change, props.monthTotal)}>
      <span class={css.mark} role="img" aria-label="significant">
        ◆
      </span>
    </Show>
  );
}

/** The rule by which changes are marked, below each table that marks them. */
export function SignificantRule() {
  return (
    <p class={css.rule}>
      <span class={css.mark} aria-hidden="true">
        ◆
      </span>
      marks a <Term of="significant">significant</Term> change: at least 10 % of what it was, and at least 1 %
      of the whole bill.
    </p>
  );
}
