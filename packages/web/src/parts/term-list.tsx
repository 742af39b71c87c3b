import { For } from "solid-js";
import type { TermName } from "../words/terms.ts";
import { hasScript } from "./has-script.ts";
import { Term } from "./term.tsx";
import css from "./term-list.module.css";

/** The terms that a table uses, below it. Each opens its explanation. A file has a list of all terms at its end. */
export function TermList(props: { terms: readonly TermName[] }) {
  return (
    hasScript && (
      <p class={css.terms} data-print="no">
        <For each={props.terms}>
          {(term) => (
            <>
              <Term of={term} />{" "}
            </>
          )}
        </For>
      </p>
    )
  );
}
