import { createUniqueId, type JSX } from "solid-js";
import css from "./section.module.css";

/** A part of a page with a heading. @param props.actions links and buttons beside the heading */
export function Section(props: { title: string; actions?: JSX.Element; children: JSX.Element }) {
  const id = createUniqueId();
  return (
    <section class={css.section} aria-labelledby={id}>
      <div class={css.head}>
        <h2 id={id} class={css.title}>
          {props.title}
        </h2>
        <div class={css.actions}>{props.actions}</div>
      </div>
      {props.children}
    </section>
  );
}
