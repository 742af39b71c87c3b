import css from "./tone.module.css";

/** The square of a legend that shows the tone of a series. @param props.tone from 1, the largest */
export function ToneKey(props: { tone: number }) {
  return (
    <svg class={css.key} viewBox="0 0 12 12" aria-hidden="true">
      <rect class={css.part} data-tone={props.tone} width="12" height="12" rx="2" />
    </svg>
  );
}
