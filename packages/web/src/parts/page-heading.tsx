import type { JSX } from "solid-js";
import css from "./page-heading.module.css";

/** A page's heading, and above it a line that says where the page belongs. */
export function PageHeading(props: { above: JSX.Element; children: JSX.Element }) {
  return (
    <>
      <p class={css.above}>{props.above}</p>
      <h1 class={css.title}>{props.children}</h1>
    </>
  );
}
