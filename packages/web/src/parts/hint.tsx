import type { JSX } from "solid-js";
import css from "./hint.module.css";

/** A remark below figures: what they include, or what they are compared with. */
export function Hint(props: { children: JSX.Element }) {
  return <p class={css.hint}>{props.children}</p>;
}
