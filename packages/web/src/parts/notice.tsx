import { type JSX, Show } from "solid-js";
import css from "./states.module.css";

/**
 * A sentence in place of figures that are missing, and what to do next.
 * @param props.page the notice is all that the page shows, so its title is the page's heading
 */
export function Notice(props: { title: string; children: JSX.Element; next?: JSX.Element; page?: boolean }) {
  return (
    <div class={props.page ? css.page : css.part}>
      <div class={css.note}>
        <Show when={props.page} fallback={<h2>{props.title}</h2>}>
          <h1>{props.title}</h1>
        </Show>
        {props.children}
        <Show when={props.next}>
          <div class={css.next}>{props.next}</div>
        </Show>
      </div>
    </div>
  );
}
