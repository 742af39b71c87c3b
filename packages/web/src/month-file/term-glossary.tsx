import { For, Show } from "solid-js";
import { Section } from "../parts/section.tsx";
import { termId } from "../parts/term.tsx";
import { type TermName, type Term as TermText, terms } from "../words/terms.ts";
import css from "./month-file.module.css";

/** What the terms of the file mean and how their figures are computed. The terms in the text are links to them. */
export function TermGlossary(props: { terms: readonly TermName[] }) {
  const text = (name: TermName): TermText => terms[name];
  return (
    <Section title="What the terms mean">
      <dl class={css.terms}>
        <For each={props.terms}>
          {(name) => (
            <div id={termId(name)}>
              <dt>{text(name).title}</dt>
              <dd>
                {text(name).meaning}
                <Show when={text(name).formula}>{(formula) => <span>{formula()}</span>}</Show>
              </dd>
            </div>
          )}
        </For>
      </dl>
    </Section>
  );
}
