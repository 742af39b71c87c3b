import type { Money } from "@dapanoskop/core/money";
import type { Change } from "@dapanoskop/dataset/report";
import { Show } from "solid-js";
import { isSignificant } from "../words/significant.ts";
import css from "./significant-change.module.css";
import { Term } from "./term.tsx";

/** Stands before a change that is worth a look. @param whole the month's total */
export function SignificantMark(props: { change: Change; whole: Money }) {
  return (
    <Show when={isSignificant(props.change, props.whole)}>
      <span class={css.mark} role="img" aria-label="significant">
        ◆
      </span>
    </Show>
  );
}

/** By what rule changes are marked: below every table that marks them. */
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
