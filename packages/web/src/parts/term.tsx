import { createUniqueId, type JSX, Show } from "solid-js";
import { type TermName, type Term as TermText, terms } from "../words/terms.ts";
import { hasScript } from "./has-script.ts";
import css from "./term.module.css";

/** The id of a term in the list of terms of a file. */
export const termId = (name: TermName): string => `term-${name}`;

/**
 * A term that explains itself: a click, a key or the pointer opens its meaning and formula. In a file it is a link to
 * them.
 */
export function Term(props: { of: TermName; children?: JSX.Element }) {
  return hasScript ? <TermNote {...props} /> : <TermLink {...props} />;
}

/** A link to the term in the list at the end of a file. */
function TermLink(props: { of: TermName; children?: JSX.Element }) {
  return (
    <a class={css.term} href={`#${termId(props.of)}`}>
      {props.children ?? terms[props.of].title}
    </a>
  );
}

function TermNote(props: { of: TermName; children?: JSX.Element }) {
  const id = createUniqueId();
  const term = (): TermText => terms[props.of];
  let word: HTMLButtonElement | undefined;
  let note: HTMLSpanElement | undefined;

  function positionNote() {
    if (word === undefined || note === undefined) return;
    const at = word.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = note;
    const below = at.bottom + 6;
    const top = below + offsetHeight > window.innerHeight ? Math.max(8, at.top - offsetHeight - 6) : below;
    const left = Math.max(8, Math.min(at.left, window.innerWidth - offsetWidth - 8));
    note.style.setProperty("top", `${top}px`);
    note.style.setProperty("left", `${left}px`);
  }
  function showNote(event: PointerEvent, shown: boolean) {
    if (event.pointerType !== "mouse") return; // on a touch screen, a tap opens the note
    note?.togglePopover?.(shown);
  }

  return (
    <>
      <button
        ref={word}
        type="button"
        class={css.term}
        popovertarget={id}
        // A click must not close the note that the pointer opened. Escape or a click elsewhere closes it.
        popovertargetaction="show"
        onPointerEnter={(event) => showNote(event, true)}
        onPointerLeave={(event) => showNote(event, false)}
      >
        {props.children ?? term().title}
      </button>
      <span ref={note} id={id} popover="auto" class={css.note} onToggle={positionNote} data-print="no">
        <b class={css.title}>{term().title}</b>
        {term().meaning}
        <Show when={term().formula}>{(formula) => <span class={css.formula}>{formula()}</span>}</Show>
      </span>
    </>
  );
}
