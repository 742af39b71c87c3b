import { type JSX, Show } from "solid-js";
import css from "./figures.module.css";

/** Figures side by side, each below its name. */
export function Figures(props: { children: JSX.Element }) {
  return <dl class={css.figures}>{props.children}</dl>;
}

/** What a change is compared with, on a line of its own, so that the figures above stay aligned. */
export function ComparedWith(props: { children: JSX.Element }) {
  return <span class={css.against}>against {props.children}</span>;
}

export function Figure(props: { word: JSX.Element; value: JSX.Element; children?: JSX.Element }) {
  return (
    <div class={css.figure}>
      <dt>{props.word}</dt>
      <dd class={css.value}>{props.value}</dd>
      <Show when={props.children}>
        <dd class={css.side}>{props.children}</dd>
      </Show>
    </div>
  );
}
