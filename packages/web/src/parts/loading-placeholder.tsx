import css from "./states.module.css";

/** Shown while figures load. It is as tall as they are, so that nothing moves when they arrive. */
export function LoadingPlaceholder(props: { size: "line" | "block" | "hero"; what: string }) {
  return (
    <div role="status">
      <span class="unseen">Loading {props.what}</span>
      <span class={css.bar} data-size={props.size} aria-hidden="true" />
    </div>
  );
}
