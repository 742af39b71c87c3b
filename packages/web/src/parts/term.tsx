import { createUniqueId, type JSX, Show } from "solid-js";
import { type TermName, type Term as TermText, terms } from "../words/terms.ts";
import css from "./term.module.css";

/** A business word that explains itself: meaning and formula open at a tap, a click, a key, or while it is pointed at. */
export function Term(props: { of: TermName; children?: JSX.Element }) {
  const id = createUniqueId();
  const term = (): TermText => terms[props.of];
  let word: HTMLButtonElement | undefined;
  let note: HTMLSpanElement | undefined;

  function place() {
    if (word === undefined || note === undefined) return;
    const at = word.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = note;
    const below = at.bottom + 6;
    const top = below + offsetHeight > window.innerHeight ? Math.max(8, at.top - offsetHeight - 6) : below;
    const left = Math.max(8, Math.min(at.left, window.innerWidth - offsetWidth - 8));
    note.style.setProperty("top", `${top}px`);
    note.style.setProperty("left", `${left}px`);
  }
  function point(event: PointerEvent, shown: boolean) {
    if (event.pointerType !== "mouse") return; // a finger taps
    note?.togglePopover?.(shown);
  }

  return (
    <>
      <button
        ref={word}
        type="button"
        class={css.term}
        popovertarget={id}
        // A click on what the pointer has opened must not close it: Escape, or a look elsewhere, does.
        popovertargetaction="show"
        onPointerEnter={(event) => point(event, true)}
        onPointerLeave={(event) => point(event, false)}
      >
        {props.children ?? term().title}
      </button>
      <span ref={note} id={id} popover="auto" class={css.note} onToggle={place} data-print="no">
        <b class={css.title}>{term().title}</b>
        {term().meaning}
        <Show when={term().formula}>{(formula) => <span class={css.formula}>{formula()}</span>}</Show>
      </span>
    </>
  );
}
